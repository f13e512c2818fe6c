package dev.homing.bench.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How many datagrams the kernel has dropped because a receive buffer of a process was full.
///
/// ```
/// /proc/net/udp   sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode ref pointer drops
///                 0  1             2           3  4     5       6        7   8       9     10  11      12
/// ```
public final class SocketDrops {

    private static final int INODE = 9;
    private static final int DROPS = 12;

    private SocketDrops() {}

    public static long of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Set<String> inodes = inodes(process.resolve("fd"));
        long drops = 0;
        for (String table : List.of("net/udp", "net/udp6")) {
            Path file = process.resolve(table);
            if (Files.exists(file)) {
                drops += sum(Files.readAllLines(file), inodes);
            }
        }
        return drops;
    }

    static long sum(List<String> table, Set<String> inodes) {
        long drops = 0;
        for (String line : table) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length > DROPS && inodes.contains(fields[INODE])) {
                drops += Long.parseLong(fields[DROPS]);
            }
        }
        return drops;
    }

    private static Set<String> inodes(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : open) {
                String link = linkOf(descriptor);
                if (link.startsWith("socket:[")) {
                    inodes.add(link.substring("socket:[".length(), link.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String linkOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
