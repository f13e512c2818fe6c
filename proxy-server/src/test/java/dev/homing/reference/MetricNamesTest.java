package dev.homing.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The live page, `homing top`, the path of both and the doctor read metrics by their names.
class MetricNamesTest {

    private static final Pattern NAME = Pattern.compile("homing_[a-z_]*[a-z]");
    private static final List<Path> READERS =
            List.of(
                    Path.of("src/main/resources/dev/homing/observe/http/live"),
                    Path.of("src/main/java/dev/homing/observe/path"),
                    Path.of("src/main/java/dev/homing/observe/top"),
                    Path.of("src/main/java/dev/homing/diagnose/finding"));

    @Test
    void whoReadsMetricsNamesOnlyThoseThatThereAre() throws IOException {
        Set<String> known =
                names(Files.readString(Path.of("..", "docs", "reference", "metrics.md")));
        Set<String> unknown = new TreeSet<>();
        for (Path folder : READERS) {
            Set<String> named = new TreeSet<>();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    named.addAll(names(Files.readString(file)));
                }
            }
            assertTrue(named.size() > 5, folder + " names only " + named);
            named.removeIf(name -> known.contains(name.replaceFirst("_(bucket|sum|count)$", "")));
            unknown.addAll(named);
        }
        // Two names put together of their beginning and their end.
        unknown.removeAll(Set.of("homing_socket_queue", "homing_backend_ports_queue"));
        assertEquals(Set.of(), unknown, "there are no such metrics");
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        NAME.matcher(text).results().forEach(match -> names.add(match.group()));
        return names;
    }
}
