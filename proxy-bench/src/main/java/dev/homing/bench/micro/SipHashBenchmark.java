package dev.homing.bench.micro;

import dev.homing.hash.SipHash;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The keyed hash, in nanoseconds a hash. Each hash is of the one before, so that what is measured
/// is how long one takes, and not how many fit into the processor at once.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SipHashBenchmark {

    private final SipHash hash = new SipHash(1, 2);
    private long last;

    /// As of a member's name when a Maglev table is made.
    @Benchmark
    public long hashesOneWord() {
        last = hash.hash(last);
        return last;
    }

    /// As of a connection ID.
    @Benchmark
    public long hashesThreeWords() {
        last = hash.hash(last, 2, 3);
        return last;
    }

    /// As of a flow.
    @Benchmark
    public long hashesFiveWords() {
        last = hash.hash(last, 2, 3, 4, 5);
        return last;
    }
}
