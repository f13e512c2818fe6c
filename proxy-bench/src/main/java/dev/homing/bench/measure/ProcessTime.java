package dev.homing.bench.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The processor time that a process has used, thread by thread, in nanoseconds.
///
/// From `/proc/PID/task/TID/schedstat`, whose first number is the time on a processor (kernel:
/// Documentation/scheduler/sched-stats.rst), since `/proc/PID/stat` counts in ticks of 10 ms. On
/// loopback it holds the work of the receiving side's interrupts too, which the sender does.
///
/// @param threads by ID
public record ProcessTime(Map<String, ThreadTime> threads) {

    private static final Pattern NUMBER = Pattern.compile("[-#]?\\d+$");

    /// @param name as the kernel has it, 15 characters at most
    /// @param nanos on a processor so far
    public record ThreadTime(String name, long nanos) {

        /// The name without the number that tells it from others of its kind.
        String kind() {
            return NUMBER.matcher(name).replaceFirst("");
        }
    }

    public ProcessTime {
        threads = Map.copyOf(threads);
    }

    /// @throws IOException if there is no such process, or no schedstat in this kernel
    public static ProcessTime of(long pid) throws IOException {
        Map<String, ThreadTime> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                readInto(threads, task);
            }
        }
        return new ProcessTime(threads);
    }

    private static void readInto(Map<String, ThreadTime> threads, Path task) throws IOException {
        try {
            String text = Files.readString(task.resolve("schedstat"));
            threads.put(
                    String.valueOf(task.getFileName()),
                    new ThreadTime(
                            Files.readString(task.resolve("comm")).strip(),
                            Long.parseLong(text.substring(0, text.indexOf(' ')))));
        } catch (NoSuchFileException threadHasEnded) {
            if (Files.exists(task)) {
                throw threadHasEnded; // it has not: the kernel keeps no such file
            }
        }
    }

    /// How much was used since an earlier reading. A thread that has ended in between is left out.
    public long since(ProcessTime earlier) {
        return sinceByKind(earlier).values().stream().mapToLong(Long::longValue).sum();
    }

    /// The same by kind of thread: all `shard-N` together are `shard`.
    public Map<String, Long> sinceByKind(ProcessTime earlier) {
        Map<String, Long> nanos = new TreeMap<>();
        threads.forEach((id, thread) -> {
            ThreadTime before = earlier.threads.get(id);
            nanos.merge(
                    thread.kind(),
                    thread.nanos() - (before == null ? 0 : before.nanos()),
                    Long::sum);
        });
        return nanos;
    }
}
