package dev.homing.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A process of a test's own, whose output goes to a file, and which ends with the test.
public final class Program implements AutoCloseable {

    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/bin"), Path.of("/usr/sbin"), Path.of("/usr/local/bin"));

    private final Process process;
    private final Path log;

    /// Writes the log; null if the process does so itself.
    private final @Nullable Thread writer;

    private Program(Process process, Path log, @Nullable Thread writer) {
        this.process = process;
        this.log = log;
        this.writer = writer;
    }

    /// Where a program is; skips the test that asks if it is not installed.
    public static String find(String name, String debianPackage) {
        String found =
                FOLDERS.stream()
                        .map(folder -> folder.resolve(name))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .findFirst()
                        .orElse("");
        assumeTrue(!found.isEmpty(), name + " is not installed: apt-get install " + debianPackage);
        return found;
    }

    static Program start(
            Path folder, String logName, Map<String, String> environment, List<String> command)
            throws IOException {
        Path log = folder.resolve(logName);
        ProcessBuilder builder = builder(folder, environment, command);
        return new Program(builder.redirectOutput(log.toFile()).start(), log, null);
    }

    /// Starts a program that says more than a disk should hold.
    ///
    /// @param isKept of a line of its output, whether the log shall have it
    static Program start(
            Path folder, String logName, List<String> command, Predicate<String> isKept)
            throws IOException {
        Path log = folder.resolve(logName);
        Files.createFile(log);
        Process process = builder(folder, Map.of(), command).start();
        // A program may print any octets: in this character set each of them is a character.
        BufferedReader output = process.inputReader(StandardCharsets.ISO_8859_1);
        Thread writer =
                Thread.ofPlatform()
                        .daemon()
                        .name(logName)
                        .start(() -> {
                            try (PrintWriter out =
                                    new PrintWriter(Files.newBufferedWriter(log), true)) {
                                output.lines().filter(isKept).forEach(out::println);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        return new Program(process, log, writer);
    }

    private static ProcessBuilder builder(
            Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // What is set for this build is not for the programs that its tests start.
        builder.environment().keySet().removeIf(name -> name.startsWith("HOMING_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /// Waits for its end and returns the exit code; one that takes too long is ended, and counts as
    /// failed.
    int await(Duration patience) throws IOException, InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
            return -1;
        }
        if (writer != null) {
            writer.join();
        }
        return process.exitValue();
    }

    /// @param name without SIG, such as `HUP`
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /// Ends it with KILL, and returns when it has ended.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
