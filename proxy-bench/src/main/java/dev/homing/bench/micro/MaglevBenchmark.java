package dev.homing.bench.micro;

import dev.homing.bench.micro.kit.Fleet;
import dev.homing.route.MaglevTable;
import dev.homing.route.PoolMember;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Consistent hashing: what a new connection costs, in nanoseconds, and what a change of the fleet
/// costs the control plane, in microseconds.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MaglevBenchmark {

    private static final long STEP = 0x9e3779b97f4a7c15L;

    /// The larger one takes the larger table.
    @Param({"20", "1000"})
    private int backends;

    private List<PoolMember> members = List.of();
    private MaglevTable table = MaglevTable.of(members);
    private long hash;

    @Setup
    public void setUp() {
        members = Fleet.members(backends);
        table = MaglevTable.of(members);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public int picksABackend() {
        hash += STEP;
        return table.pick(hash);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public MaglevTable makesATable() {
        return MaglevTable.of(members);
    }
}
