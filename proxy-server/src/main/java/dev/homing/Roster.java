package dev.homing;

import static java.util.Objects.requireNonNull;

import dev.homing.cid.UndecodedIds;
import dev.homing.handoff.Handoff;
import dev.homing.ledger.Books;
import dev.homing.ledger.Ledger;
import dev.homing.linux.ThreadCpu;
import dev.homing.observe.trace.TracedThread;
import dev.homing.route.Backend;
import dev.homing.trace.TraceFeed;
import dev.homing.trace.TraceRing;
import dev.homing.trace.Tracer;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The threads that move datagrams, by name: what each counts in, and what lies between them.
///
/// Filled by the thread that starts them, before anyone reads; then any thread.
final class Roster {

    private final int listeners;
    private final Map<String, Ledger> ledgers = new LinkedHashMap<>();
    private final Map<String, UndecodedIds> undecoded = new LinkedHashMap<>();
    private final List<Queue> queues = new ArrayList<>();
    private final TraceFeed traceFeed = new TraceFeed();
    private final Map<String, TracedThread> tracedThreads = new LinkedHashMap<>();

    /// A hand-off and who is at its ends.
    record Queue(String receiver, String shard, Handoff handoff) {}

    /// A thread.
    record Worker(String name, Ledger ledger, ThreadCpu cpu, TraceRing traces) {}

    /// @param listeners how many listening addresses there are
    Roster(int listeners) {
        this.listeners = listeners;
    }

    /// What the kernel, the log and metrics call a receiver's thread.
    static String receiver(int index) {
        return "recv-" + index;
    }

    static String shard(int index) {
        return "shard-" + index;
    }

    /// A new ledger for a thread.
    Ledger ledger(String thread) {
        Ledger ledger = new Ledger(Backend.MAX_COUNT);
        ledgers.put(thread, ledger);
        return ledger;
    }

    /// What a thread that receives counts of connection IDs, made when it is first asked for.
    UndecodedIds undecoded(String thread) {
        return undecoded.computeIfAbsent(thread, name -> new UndecodedIds(listeners));
    }

    /// Of all threads that receive.
    List<UndecodedIds> undecoded() {
        return List.copyOf(undecoded.values());
    }

    /// A new tracer for a thread, with a ring that takes memory when it is used.
    Tracer tracer(String thread, SegmentAllocator memory) {
        TraceRing ring = new TraceRing(memory);
        Tracer tracer = new Tracer(traceFeed, ring);
        tracedThreads.put(thread, new TracedThread(thread, ring, tracer::followed));
        return tracer;
    }

    TraceFeed traceFeed() {
        return traceFeed;
    }

    List<TracedThread> tracedThreads() {
        return List.copyOf(tracedThreads.values());
    }

    /// A new hand-off from one thread to another.
    ///
    /// @param slots how many the receiver's pool has
    Handoff handoff(String receiver, String shard, int capacity, int slots) {
        Handoff handoff = new Handoff(capacity, slots);
        queues.add(new Queue(receiver, shard, handoff));
        return handoff;
    }

    /// A thread that has a ledger and a tracer.
    Worker worker(String name, ThreadCpu cpu) {
        return new Worker(
                name,
                requireNonNull(ledgers.get(name), name),
                cpu,
                requireNonNull(tracedThreads.get(name), name).ring());
    }

    List<Ledger> ledgers() {
        return List.copyOf(ledgers.values());
    }

    List<Queue> queues() {
        return List.copyOf(queues);
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
