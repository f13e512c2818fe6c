package dev.homing.bench.micro;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.handoff.Handoff;
import dev.homing.linux.PageMemory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/// The queue from a receiver to a shard and the slots' way home, in nanoseconds a datagram. The
/// shard never sleeps; [WakeUpBenchmark] has what it costs when it does.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HandoffBenchmark {

    private static final int SLOTS = 1 << 10;
    private static final int DATAGRAMS = 1 << 14;

    /// How many datagrams a receive call brings.
    @Param({"1", "16", "64"})
    private int batch;

    private final DatagramPool pool = new DatagramPool(new PageMemory(), SLOTS);
    private final Handoff handoff = new Handoff(SLOTS, SLOTS);
    private @Nullable Thread shard;
    private volatile boolean isStopping;

    @Setup
    public void setUp() {
        handoff.onSignal(() -> {});
    }

    /// Takes from the pool, offers, polls, releases and reclaims. The parts that two threads would
    /// share stay in one cache, so this is the least that a hand-off can cost.
    @Benchmark
    @OperationsPerInvocation(DATAGRAMS)
    public int handsOffOnOneThread() {
        for (int left = DATAGRAMS; left > 0; left -= batch) {
            offerBatch();
            drain();
            handoff.reclaim(pool);
        }
        return pool.available();
    }

    /// The same with another thread that polls and releases without a pause: what the cache lines'
    /// way between two cores adds.
    @Benchmark
    @OperationsPerInvocation(DATAGRAMS)
    public int handsOffToAnotherThread() {
        if (shard == null) {
            shard = Thread.ofPlatform().daemon().name("shard").start(this::drainUntilStopped);
        }
        for (int left = DATAGRAMS; left > 0; left -= batch) {
            while (pool.available() < batch) {
                Thread.onSpinWait();
                handoff.reclaim(pool);
            }
            offerBatch();
        }
        while (pool.available() < SLOTS) {
            Thread.onSpinWait();
            handoff.reclaim(pool);
        }
        return pool.available();
    }

    private void offerBatch() {
        for (int i = 0; i < batch; i++) {
            handoff.offer(pool.take());
        }
        handoff.signal();
    }

    private void drain() {
        Datagram datagram;
        while ((datagram = handoff.poll()) != null) {
            datagram.release();
        }
    }

    private void drainUntilStopped() {
        while (!isStopping) {
            drain();
            Thread.onSpinWait();
        }
    }

    @TearDown
    public void tearDown() throws InterruptedException {
        isStopping = true;
        if (shard != null) {
            shard.join();
        }
    }
}
