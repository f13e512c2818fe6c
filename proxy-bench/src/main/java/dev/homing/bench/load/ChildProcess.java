package dev.homing.bench.load;

import dev.homing.command.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process that belongs to this run: started, spoken to, and ended by its ID, also when the run
/// is interrupted. One thread.
public final class ChildProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 3;

    /// Options of our JVM that make no sense for another one.
    private static final List<String> OWN_OPTIONS =
            List.of("-XX:AOT", "-javaagent", "-agentlib", "-XX:Flags", "-Dcom.sun.management");

    private final String name;
    private final Process process;
    private final Path complaints;
    private final BufferedWriter commands;
    private final BufferedReader answers;
    private final Thread ender;

    private ChildProcess(String name, Process process, Path complaints) {
        this.name = name;
        this.process = process;
        this.complaints = complaints;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        // At ^C nobody calls close. The child is destroyed by its handle, which is its process ID.
        this.ender = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ender);
    }

    /// @param name for messages
    public static ChildProcess start(String name, List<String> command) throws IOException {
        Path complaints = Files.createTempFile("homing-bench-", ".err");
        Process process = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
        return new ChildProcess(name, process, complaints);
    }

    /// Starts a JVM with the options of this one.
    ///
    /// @param prefix what stands before `java`, such as `ip netns exec NAME`
    public static ChildProcess java(
            String name, List<String> prefix, Class<?> main, String... arguments)
            throws IOException {
        return start(name, javaCommand(prefix, List.of(), main, arguments));
    }

    /// What starts a JVM with the options of this one.
    ///
    /// @param prefix what stands before `java`
    /// @param options more of them, which win
    public static List<String> javaCommand(
            List<String> prefix, List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (OWN_OPTIONS.stream().noneMatch(option::startsWith)) {
                command.add(option);
            }
        }
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Gives a command and waits for its answer.
    public Map<String, Object> ask(Map<String, Object> command) throws IOException {
        commands.write(Json.line(command));
        commands.newLine();
        commands.flush();
        return answer();
    }

    /// Waits for the next line that the process says.
    public Map<String, Object> answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(name + " has ended: " + lastComplaint());
        }
        return Values.read(line);
    }

    /// The end of what it wrote to standard error.
    public String lastComplaint() throws IOException {
        List<String> lines = Files.readAllLines(complaints, StandardCharsets.ISO_8859_1);
        return lines.isEmpty()
                ? "it said nothing"
                : String.join(" / ", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    }

    /// As a machine does that loses its power: nothing is said to anybody.
    public void kill() {
        process.destroyForcibly();
        close();
    }

    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
            Files.deleteIfExists(complaints);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException leftBehind) {
            complaints.toFile().deleteOnExit();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(ender);
        } catch (IllegalStateException isShuttingDown) {
            // then it runs, and finds a process that has ended
            return;
        }
    }
}
