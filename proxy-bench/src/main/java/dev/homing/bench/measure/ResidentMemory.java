package dev.homing.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The memory of a JVM that is not heap, as the kernel counts it: tables, buffers, stacks, code.
///
/// The tables of Homing are mapped by mmap(2), which no bean of the JVM knows of. The heap is told
/// apart by its place: with compressed references it lies below 32 GiB (`-XX:+UseCompressedOops`,
/// the default up to that size), and nothing else that grows does.
public final class ResidentMemory {

    private static final long COMPRESSED_END = 32L << 30;
    private static final int HEXADECIMAL = 16;
    private static final int KIB = 1024;

    private ResidentMemory() {}

    public static long outsideHeapBytes() throws IOException {
        return outsideHeapBytes(Files.readAllLines(Path.of("/proc/self/smaps")));
    }

    /// Of another JVM, by its process ID.
    public static long outsideHeapBytes(long pid) throws IOException {
        return outsideHeapBytes(Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps")));
    }

    /// ```
    /// 7f2c40000000-7f2c40021000 rw-p 00000000 00:00 0
    /// Rss:                 132 kB
    /// ```
    static long outsideHeapBytes(List<String> smaps) {
        long bytes = 0;
        boolean counts = false;
        for (String line : smaps) {
            int dash = line.indexOf('-');
            if (dash > 0
                    && line.substring(0, dash)
                            .chars()
                            .allMatch(c -> Character.digit(c, HEXADECIMAL) >= 0)) {
                counts =
                        Long.compareUnsigned(
                                        Long.parseUnsignedLong(
                                                line.substring(0, dash), HEXADECIMAL),
                                        COMPRESSED_END)
                                >= 0;
            } else if (counts && line.startsWith("Rss:")) {
                String[] words = line.split("\\s+", -1);
                bytes += Long.parseLong(words[1]) * KIB;
            }
        }
        return bytes;
    }
}
