package dev.homing;

import dev.homing.cid.UndecodedIds;
import dev.homing.datagram.DatagramPool;
import dev.homing.handoff.Handoff;
import dev.homing.ledger.Books;
import dev.homing.ledger.Ledger;
import dev.homing.observe.trace.TracedThread;
import dev.homing.route.Backend;
import dev.homing.trace.TraceFeed;
import dev.homing.trace.TraceRing;
import dev.homing.trace.Tracer;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;

/// The threads that move datagrams, and the queues between them.
///
/// Filled by the thread that starts them, before anyone reads; then any thread.
final class Roster {

    private final int listeners;
    private final SegmentAllocator memory;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Queue> queues = new ArrayList<>();
    private final TraceFeed traceFeed = new TraceFeed();

    /// A hand-off and who is at its ends.
    record Queue(String receiver, String shard, Handoff handoff) {}

    /// @param listeners how many listening addresses there are
    /// @param memory for slots and traces, which take it when they are used
    Roster(int listeners, SegmentAllocator memory) {
        this.listeners = listeners;
        this.memory = memory;
    }

    Worker receiver(int index, int slots) {
        return add("recv-" + index, slots);
    }

    Worker shard(int index, int slots) {
        return add("shard-" + index, slots);
    }

    private Worker add(String name, int slots) {
        TraceRing traces = new TraceRing(memory);
        Worker worker =
                new Worker(
                        name,
                        new DatagramPool(memory, slots),
                        new Ledger(Backend.MAX_COUNT),
                        new Tracer(traceFeed, traces),
                        traces,
                        new UndecodedIds(listeners));
        workers.add(worker);
        return worker;
    }

    /// A new hand-off from one thread to another.
    Handoff handoff(Worker receiver, Worker shard, int capacity) {
        Handoff handoff = new Handoff(capacity, receiver.slots().capacity());
        queues.add(new Queue(receiver.name(), shard.name(), handoff));
        return handoff;
    }

    List<Queue> queues() {
        return List.copyOf(queues);
    }

    List<Ledger> ledgers() {
        return workers.stream().map(Worker::ledger).toList();
    }

    List<UndecodedIds> undecoded() {
        return workers.stream().map(Worker::undecoded).toList();
    }

    TraceFeed traceFeed() {
        return traceFeed;
    }

    List<TracedThread> tracedThreads() {
        return workers.stream()
                .map(worker ->
                        new TracedThread(worker.name(), worker.traces(), worker.tracer()::followed))
                .toList();
    }

    Books books() {
        return new Books(ledgers(), this::queued);
    }

    private long queued() {
        long depth = 0;
        for (Queue queue : queues) {
            depth += queue.handoff().depth();
        }
        return depth;
    }
}
