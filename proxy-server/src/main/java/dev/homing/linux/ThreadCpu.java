package dev.homing.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How much CPU time a thread has had, and for how long it was ready to run and had none.
///
/// ```
/// /proc/PID/task/TID/schedstat   | ns on a CPU | ns ready to run | times it was put on a CPU |
/// ```
///
/// Documentation/scheduler/sched-stats.rst of Linux. Some kernels are built without it
/// (CONFIG_SCHED_INFO), and some sandboxes hide it. Any thread.
public final class ThreadCpu {

    /// Null without /proc.
    private final @Nullable Path schedstat;

    private ThreadCpu(@Nullable Path schedstat) {
        this.schedstat = schedstat;
    }

    /// @param runningNs on a CPU, since the thread began
    /// @param runnableNs ready to run, and waiting for a CPU
    public record Times(long runningNs, long runnableNs) {}

    /// Of the thread that calls.
    public static ThreadCpu ofCallingThread() {
        // Reads as PID/task/TID (proc(5)), in the numbers that this /proc knows threads by. Those
        // of
        // gettid(2) are of the thread's own PID namespace, and /proc may be mounted for another.
        try {
            Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self"));
            return of(Path.of("/proc").resolve(thread));
        } catch (IOException e) {
            return new ThreadCpu(null);
        }
    }

    /// @param thread its folder in /proc
    static ThreadCpu of(Path thread) {
        return new ThreadCpu(thread.resolve("schedstat"));
    }

    /// Empty if the kernel does not tell, or the thread has ended.
    public Optional<Times> read() {
        if (schedstat == null) {
            return Optional.empty();
        }
        try {
            String[] fields = Files.readString(schedstat).strip().split(" ", -1);
            // Never on a CPU, and yet it asked: the kernel does not count.
            return fields.length < 3 || fields[2].equals("0")
                    ? Optional.empty()
                    : Optional.of(new Times(Long.parseLong(fields[0]), Long.parseLong(fields[1])));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
