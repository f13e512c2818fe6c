package dev.homing.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What all processors together have done so far, to see whether anybody else was at work.
///
/// ```
/// /proc/stat   cpu user nice system idle iowait irq softirq steal …      in ticks of 10 ms
/// ```
///
/// @param busyNanos not idle, all processors together
/// @param stolenNanos when a processor of this virtual machine was somebody else's
/// @param atNanos of System.nanoTime
public record MachineLoad(long busyNanos, long stolenNanos, long atNanos) {

    /// USER_HZ is 100 on all machines that Homing runs on.
    private static final long TICK_NANOS = 10_000_000;

    private static final int IDLE = 4;
    private static final int IOWAIT = 5;
    private static final int STEAL = 8;

    public static MachineLoad now() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return parse(lines.findFirst().orElse(""), System.nanoTime());
        }
    }

    static MachineLoad parse(String line, long atNanos) {
        String[] fields = line.split("\\s+", -1);
        long busy = 0;
        for (int i = 1; i < STEAL; i++) {
            if (i != IDLE && i != IOWAIT) {
                busy += Long.parseLong(fields[i]);
            }
        }
        return new MachineLoad(
                busy * TICK_NANOS, Long.parseLong(fields[STEAL]) * TICK_NANOS, atNanos);
    }

    /// The part of all processors that went to others between an earlier reading and this one.
    ///
    /// @param ownNanos what the measurement's own processes used
    public double othersSince(MachineLoad earlier, long ownNanos) {
        return Math.max(0, (busyNanos - earlier.busyNanos - ownNanos) / capacity(earlier));
    }

    public double stolenSince(MachineLoad earlier) {
        return (stolenNanos - earlier.stolenNanos) / capacity(earlier);
    }

    private double capacity(MachineLoad earlier) {
        return (double) (atNanos - earlier.atNanos) * Runtime.getRuntime().availableProcessors();
    }
}
