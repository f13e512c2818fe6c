package dev.homing.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process of a test's own, whose output goes to a file, and which ends with the test.
public final class Program implements AutoCloseable {

    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/bin"), Path.of("/usr/sbin"), Path.of("/usr/local/bin"));

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Where a program is; skips the test that asks if it is not installed.
    static String find(String name, String debianPackage) {
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
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        // What is set for this build is not for the programs that its tests start.
        builder.environment().keySet().removeIf(name -> name.startsWith("HOMING_"));
        builder.environment().putAll(environment);
        return new Program(builder.start(), log);
    }

    /// Waits for its end and returns the exit code; one that takes too long is ended, and counts as
    /// failed.
    int await(Duration patience) throws IOException, InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
            return -1;
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
