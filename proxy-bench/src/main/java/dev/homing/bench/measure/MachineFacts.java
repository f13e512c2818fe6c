package dev.homing.bench.measure;

import dev.homing.command.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What somebody has to know of the machine and the build to make sense of the figures.
public final class MachineFacts {

    private static final int KIB_A_GIB = 1 << 20;

    private MachineFacts() {}

    public static Map<String, Object> now() {
        Map<String, Object> facts = new LinkedHashMap<>();
        Map<String, Object> build = Build.ofThisProcess().values();
        facts.put("date", LocalDate.now(java.time.ZoneOffset.UTC).toString());
        facts.put("commit", build.getOrDefault("commit", "unknown"));
        facts.put("java", build.getOrDefault("java", "unknown"));
        facts.put("kernel", build.getOrDefault("os", "unknown"));
        facts.put("processor", field("/proc/cpuinfo", "model name"));
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("memory", memory());
        facts.put("net.core.rmem_max", text("/proc/sys/net/core/rmem_max"));
        return facts;
    }

    private static String memory() {
        String kib = field("/proc/meminfo", "MemTotal").replace(" kB", "");
        return kib.chars().allMatch(Character::isDigit) && !kib.isEmpty()
                ? Math.round((double) Long.parseLong(kib) / KIB_A_GIB) + " GiB"
                : "unknown";
    }

    private static String field(String file, String name) {
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            for (String line : lines) {
                if (line.startsWith(name)) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
            return "unknown";
        } catch (IOException unreadable) {
            return "unknown";
        }
    }

    private static String text(String file) {
        try {
            // In one go: such a file has nothing to say from an offset on.
            return Files.readAllLines(Path.of(file)).getFirst();
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
