package dev.homing.bench.micro;

import dev.homing.bench.micro.kit.SlotPackets;
import dev.homing.linux.PageMemory;
import dev.homing.quic.QuicHeader;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Reading the header of a datagram, in nanoseconds a datagram; of a train, a nanosecond count for
/// each of its segments. All headers are in the cache.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HeaderBenchmark {

    private static final int DATAGRAMS = 1 << 8;
    private static final int SLOT_BYTES = 64;
    private static final int SEGMENTS = 16;
    private static final int SEGMENT_BYTES = 1200;

    private final PageMemory memory = new PageMemory();
    private final MemorySegment longs = memory.allocate(DATAGRAMS * SLOT_BYTES, SLOT_BYTES);
    private final MemorySegment shorts = memory.allocate(DATAGRAMS * SLOT_BYTES, SLOT_BYTES);
    private final MemorySegment train = memory.allocate(SEGMENTS * SEGMENT_BYTES, SLOT_BYTES);
    private final QuicHeader header = new QuicHeader();
    private int next;

    @Setup
    public void setUp() {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < DATAGRAMS; i++) {
            int offset = i * SLOT_BYTES;
            SlotPackets.initial(longs, offset, random.nextLong(), random.nextLong());
            SlotPackets.shortHeader(shorts, offset, random.nextLong());
        }
        for (int i = 0; i < SEGMENTS; i++) {
            SlotPackets.shortHeader(train, i * (long) SEGMENT_BYTES, random.nextLong());
        }
    }

    private int nextOffset() {
        return (next++ & DATAGRAMS - 1) * SLOT_BYTES;
    }

    @Benchmark
    public int readsALongHeader() {
        header.read(longs, nextOffset(), SEGMENT_BYTES);
        return header.dcidLength() + header.scidOffset();
    }

    @Benchmark
    public int readsAShortHeader() {
        header.read(shorts, nextOffset(), SEGMENT_BYTES);
        return header.dcidLength() + header.dcidOffset();
    }

    /// Of a train of sixteen.
    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public int readsEachSegmentOfATrain() {
        int sum = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            header.read(train, i * SEGMENT_BYTES, SEGMENT_BYTES);
            sum += header.dcidLength() + header.dcidOffset();
        }
        return sum;
    }
}
