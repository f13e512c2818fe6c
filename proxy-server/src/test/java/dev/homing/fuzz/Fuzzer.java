package dev.homing.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A JVM with the fuzzer in it, which runs for some seconds.
final class Fuzzer {

    /// Sanitizers look for commands, queries and files that an input has had a program open:
    /// nothing here does, and their hooks take seconds to load.
    private static final String SANITIZERS = "com.code_intelligence.jazzer.sanitizers.**";

    private final Path folder;
    private final int seconds;

    /// @param folder where its log goes, and what it finds
    Fuzzer(Path folder, int seconds) {
        this.folder = folder.toAbsolutePath();
        this.seconds = seconds;
    }

    /// What came of it.
    ///
    /// @param exitCode 0 if nothing was found
    record Run(int exitCode, String log) {

        /// How many inputs it has tried.
        long inputs() {
            return number("stat::number_of_executed_units: ");
        }

        /// The number at the end of a line that begins so, or 0.
        long number(String beginning) {
            return log.lines()
                    .filter(line -> line.startsWith(beginning))
                    .mapToLong(line -> Long.parseLong(line.substring(beginning.length()).strip()))
                    .sum();
        }
    }

    /// @param name of what it runs, for files
    /// @param entry a class with a method `fuzzerTestOneInput`
    /// @param longestBytes of its inputs
    /// @param seeds a folder of inputs to begin with
    Run run(String name, Class<?> entry, int longestBytes, Path seeds)
            throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(folder.resolve("corpus-" + name));
        Path dictionary = Files.write(folder.resolve("words"), words());
        Path log = folder.resolve(name + ".log");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-ea",
                        "-Xmx600m",
                        "-XX:+UseSerialGC",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Jazzer.class.getName(),
                        "--target_class=" + entry.getName(),
                        "--instrumentation_includes=dev.homing.**",
                        "--disabled_hooks=" + SANITIZERS,
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + "/finding-" + name + "-",
                        "-dict=" + dictionary,
                        "-max_total_time=" + seconds,
                        "-max_len=" + longestBytes,
                        "-timeout=20",
                        "-rss_limit_mb=0",
                        "-print_final_stats=1",
                        corpus.toString(),
                        seeds.toAbsolutePath().toString());
        Process fuzzer =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            int exitCode = fuzzer.waitFor();
            return new Run(exitCode, Files.readString(log));
        } finally {
            fuzzer.destroyForcibly();
        }
    }

    /// Those that a configuration has, as libFuzzer wants them.
    private static List<String> words() {
        Set<String> words = new TreeSet<>();
        collect(Schema.ROOT, words);
        return words.stream().map(word -> "\"" + word + "\"").toList();
    }

    private static void collect(Key key, Set<String> words) {
        if (!key.name().isEmpty()) {
            words.add(key.name() + ": ");
        }
        switch (key) {
            case Key.Setting<?> setting -> {
                // Nothing below it.
            }
            case Key.Section section -> section.keys().forEach(child -> collect(child, words));
            case Key.ListOf<?> list -> collect(list.element(), words);
            case Key.MapOf map -> collect(map.element(), words);
        }
    }
}
