package dev.homing.observe.machine.text;

import java.util.OptionalDouble;

/// How a control group limits the CPU, by version 2 (Documentation/admin-guide/cgroup-v2.rst) or
/// version 1 (Documentation/scheduler/sched-bwc.rst).
public final class CgroupCpu {

    private static final double USEC_PER_SECOND = 1e6;
    private static final double NSEC_PER_SECOND = 1e9;

    private CgroupCpu() {}

    /// CPUs that it allows.
    ///
    /// @param cpuMax the text of version 2's `cpu.max`: quota, or "max" for none, and period, both
    ///   in microseconds
    public static OptionalDouble cpus(String cpuMax) {
        String[] columns = Columns.of(cpuMax);
        return columns.length == 2 ? cpus(columns[0], columns[1]) : OptionalDouble.empty();
    }

    /// CPUs that it allows.
    ///
    /// @param quota the text of version 1's `cpu.cfs_quota_us`, -1 for none
    /// @param period the text of version 1's `cpu.cfs_period_us`
    public static OptionalDouble cpus(String quota, String period) {
        OptionalDouble used = Columns.only(quota);
        OptionalDouble of = Columns.only(period);
        return used.isPresent() && of.isPresent() && of.getAsDouble() > 0
                ? OptionalDouble.of(used.getAsDouble() / of.getAsDouble())
                : OptionalDouble.empty();
    }

    /// Seconds for which its threads were stopped.
    ///
    /// @param cpuStat the text of `cpu.stat`: throttled_usec in version 2, throttled_time in
    ///   nanoseconds in version 1
    public static OptionalDouble throttledSeconds(String cpuStat) {
        for (String line : (Iterable<String>) cpuStat.lines()::iterator) {
            String[] columns = Columns.of(line);
            if (columns.length == 2 && columns[0].startsWith("throttled_")) {
                double unit =
                        columns[0].equals("throttled_usec") ? USEC_PER_SECOND : NSEC_PER_SECOND;
                OptionalDouble time = Columns.number(columns[1]);
                return time.isPresent()
                        ? OptionalDouble.of(time.getAsDouble() / unit)
                        : OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }
}
