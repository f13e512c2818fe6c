package dev.homing.bench.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The processor time that a process has used, thread by thread, in nanoseconds.
///
/// From `/proc/PID/task/TID/schedstat`, whose first number is the time on a processor (kernel:
/// Documentation/scheduler/sched-stats.rst), since `/proc/PID/stat` counts in ticks of 10 ms. On
/// loopback it holds the work of the receiving side's interrupts too, which the sender does.
public record ProcessTime(Map<String, Long> threads) {

    public ProcessTime {
        threads = Map.copyOf(threads);
    }

    /// @throws IOException if there is no such process, or no schedstat in this kernel
    public static ProcessTime of(long pid) throws IOException {
        Map<String, Long> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                readInto(threads, task);
            }
        }
        return new ProcessTime(threads);
    }

    private static void readInto(Map<String, Long> threads, Path task) throws IOException {
        try {
            String text = Files.readString(task.resolve("schedstat"));
            threads.put(
                    String.valueOf(task.getFileName()),
                    Long.parseLong(text.substring(0, text.indexOf(' '))));
        } catch (NoSuchFileException threadHasEnded) {
            if (Files.exists(task)) {
                throw threadHasEnded; // it has not: the kernel keeps no such file
            }
        }
    }

    /// How much was used since an earlier reading. A thread that has ended in between is left out.
    public long since(ProcessTime earlier) {
        long nanos = 0;
        for (Map.Entry<String, Long> thread : threads.entrySet()) {
            nanos += thread.getValue() - earlier.threads.getOrDefault(thread.getKey(), 0L);
        }
        return nanos;
    }
}
