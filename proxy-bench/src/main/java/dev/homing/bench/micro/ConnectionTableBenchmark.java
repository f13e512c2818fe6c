package dev.homing.bench.micro;

import dev.homing.bench.micro.kit.FullTables;
import dev.homing.bench.micro.kit.SlotPackets;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Ledger;
import dev.homing.linux.PageMemory;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.session.ConnectionTable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The table of learned connection IDs, in nanoseconds a connection ID; reading it out of the
/// packet and hashing it are part of it. Connection IDs are asked for in random order.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConnectionTableBenchmark {

    private static final int BACKENDS = 20;
    private static final int UNUSED_TIMEOUT_SECONDS = 10;

    /// How many connection IDs are known; the table is made for as many.
    @Param({"1000", "100000", "1000000"})
    private int known;

    private final ConnectionIdWords words = new ConnectionIdWords();
    private final Ledger ledger = new Ledger(BACKENDS);
    private final SplittableRandom fresh = new SplittableRandom(7);
    private ConnectionTable table = emptyTable(1);
    private MemorySegment known8 = MemorySegment.NULL;
    private MemorySegment unknown8 = MemorySegment.NULL;
    private MemorySegment fresh8 = new PageMemory().allocate(64, 8);
    private int next;
    private long learned;
    private int bucket;

    private static ConnectionTable emptyTable(int known) {
        return FullTables.make(
                known,
                tables ->
                        new ConnectionTable(
                                tables, known, new SipHash(5, 6), 120, UNUSED_TIMEOUT_SECONDS));
    }

    @Setup(Level.Iteration)
    public void setUp() {
        PageMemory memory = new PageMemory();
        if (known8.byteSize() == 0) {
            known8 = memory.allocate(8L * known + 64, 8);
            unknown8 = memory.allocate(8L * known + 64, 8);
            SplittableRandom random = new SplittableRandom(42);
            for (int i = 0; i < known; i++) {
                known8.setAtIndex(ValueLayout.JAVA_LONG, i, random.nextLong());
                unknown8.setAtIndex(ValueLayout.JAVA_LONG, i, random.nextLong());
            }
            table = emptyTable(known);
        }
        table.expire(0, table.bucketCount(), 1_000_000, ledger);
        for (int i = 0; i < known; i++) {
            read(known8, i);
            table.learn(words, i % BACKENDS, 0, ledger);
        }
        learned = 0;
        bucket = 0;
    }

    private void read(MemorySegment ids, int index) {
        words.read(ids, index * 8, SlotPackets.CONNECTION_ID_BYTES, 0);
    }

    private int nextIndex() {
        next = next + 1 == known ? 0 : next + 1;
        return next;
    }

    @Benchmark
    public int findsAKnownOne() {
        read(known8, nextIndex());
        return table.find(words, 0);
    }

    @Benchmark
    public int findsNoUnknownOne() {
        read(unknown8, nextIndex());
        return table.find(words, 0);
    }

    /// As with each further long header of the same server.
    @Benchmark
    public boolean learnsAKnownOneAgain() {
        read(known8, nextIndex());
        return table.learn(words, next % BACKENDS, 0, ledger);
    }

    /// And forgets an old one: time passes so fast that as many are known as at the start.
    @Benchmark
    public boolean learnsANewOneAndForgetsAnOldOne() {
        fresh8.set(ValueLayout.JAVA_LONG, 0, fresh.nextLong());
        read(fresh8, 0);
        int nowSeconds = (int) (++learned * UNUSED_TIMEOUT_SECONDS / known);
        if ((learned & 3) == 0) { // a bucket holds eight
            table.expire(bucket, 1, nowSeconds, ledger);
            bucket = bucket + 1 == table.bucketCount() ? 0 : bucket + 1;
        }
        return table.learn(words, (int) learned % BACKENDS, nowSeconds, ledger);
    }
}
