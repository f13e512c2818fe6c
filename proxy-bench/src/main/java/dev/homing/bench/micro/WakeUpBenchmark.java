package dev.homing.bench.micro;

import dev.homing.bench.micro.kit.CoreOnMemory;
import dev.homing.bench.micro.kit.MemoryPorts;
import dev.homing.bench.micro.kit.SlotPackets;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.handoff.Handoff;
import dev.homing.ledger.Ledger;
import dev.homing.linux.PageMemory;
import dev.homing.linux.SocketBuffers;
import dev.homing.route.Backend;
import dev.homing.route.RoutingFeed;
import dev.homing.route.RoutingTable;
import dev.homing.socket.BackendPortOptions;
import dev.homing.socket.ShardLoop;
import dev.homing.trace.Tracer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A batch of datagrams to a shard's own event loop, until its slots are home, in nanoseconds a
/// batch. The receiver spins, so that the only thread that sleeps is the shard's.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WakeUpBenchmark {

    private static final int CLIENT = 1;
    private static final int FLOWS = 4;
    private static final int QUEUE = 1 << 10;
    private static final int DATAGRAM_BYTES = 1200;

    /// Longer than an event loop needs to fall asleep.
    private static final long PAUSE_NS = 50_000;

    private static final int BATCHES = 64;

    @Param({"1", "64"})
    private int batch;

    private final ShardLoop loop =
            new ShardLoop(
                    0,
                    new DatagramPool(new PageMemory(), ShardLoop.slotCount(0, QUEUE)),
                    new Handoff[0],
                    new RoutingFeed(new RoutingTable(1, true, List.of(), new int[0], List.of())),
                    new Ledger(Backend.MAX_COUNT),
                    Tracer.off(),
                    new BackendPortOptions(1, false, false, true, new SocketBuffers(0, 0), 0));
    private final CoreOnMemory core = new CoreOnMemory(FLOWS, true, new MemoryPorts(1), () -> {});
    private final DatagramPool pool = core.pool();

    @Setup
    public void setUp() {
        core.handoff().onSignal(loop.wakeUp());
        loop.start(core.shard());
    }

    /// One batch after the other: the shard has hardly gone to sleep when the next one comes.
    @Benchmark
    @OperationsPerInvocation(BATCHES)
    public int wakesAShardThatHasJustBeenBusy() {
        for (int i = 0; i < BATCHES; i++) {
            sendBatch();
        }
        return pool.available();
    }

    /// With a pause of 50 µs before each batch, which is part of the time: what a lone datagram
    /// meets.
    @Benchmark
    @OperationsPerInvocation(BATCHES)
    public int wakesAShardThatSleepsAfterAPauseOf50Microseconds() {
        for (int i = 0; i < BATCHES; i++) {
            long untilNs = System.nanoTime() + PAUSE_NS;
            while (System.nanoTime() - untilNs < 0) {
                Thread.onSpinWait();
            }
            sendBatch();
        }
        return pool.available();
    }

    private void sendBatch() {
        for (int i = 0; i < batch; i++) {
            Datagram datagram = pool.take();
            SlotPackets.initial(datagram.bytes(), 0, CLIENT, CLIENT);
            CoreOnMemory.fromClient(datagram, CLIENT, DATAGRAM_BYTES, 0);
            core.intake().accept(datagram);
        }
        core.intake().endOfBatch();
        while (pool.available() < CoreOnMemory.SLOTS) {
            Thread.onSpinWait();
            core.handoff().reclaim(pool);
        }
    }

    @TearDown
    public void tearDown() {
        loop.stop();
    }
}
