package dev.homing.peers;

import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Homing in a process of its own, to be sent signals, and to be killed.
public final class HomingProcess implements AutoCloseable {

    /// As the launcher and the container start it.
    private static final Path OPTIONS = Path.of("src", "main", "jvm", "java.options");

    private static final Duration START = Duration.ofSeconds(30);
    private static final Pattern LISTEN = Pattern.compile("\"listen\":\"([0-9.]+):([0-9]+)");
    private static final Pattern ADMIN = Pattern.compile("\"admin\":\"([0-9.]+):([0-9]+)");

    private final Path file;
    private final Program program;
    private final InetSocketAddress address;

    private HomingProcess(Path file, Program program) throws IOException {
        this.file = file;
        this.program = program;
        awaitLog("\"started\"");
        address = told(LISTEN);
    }

    private InetSocketAddress told(Pattern where) throws IOException {
        Matcher told = where.matcher(program.log());
        if (!told.find()) {
            throw new IOException("no " + where + " in " + program.log());
        }
        return new InetSocketAddress(
                InetAddress.ofLiteral(told.group(1)), Integer.parseInt(told.group(2)));
    }

    /// Starts `homing run` with a configuration, which must log as JSON and listen on IPv4 first.
    ///
    /// @param name of the files it leaves in the folder
    public static HomingProcess start(Path folder, String name, String yaml) throws IOException {
        return start(folder, name, yaml, Map.of(), List.of());
    }

    /// The same with an environment, and started by another program.
    ///
    /// @param starter a program and its arguments, which becomes the one that follows
    public static HomingProcess start(
            Path folder,
            String name,
            String yaml,
            Map<String, String> environment,
            List<String> starter)
            throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, yaml);
        List<String> command = new ArrayList<>(starter);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + OPTIONS.toAbsolutePath(),
                        "-Xmx256m"));
        command.addAll(compilers());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.homing.Main",
                        "run",
                        "-c",
                        file.toString()));
        Program program = Program.start(folder, name + ".log", environment, command);
        try {
            return new HomingProcess(file, program);
        } catch (IOException | AssertionError e) {
            program.close();
            throw e;
        }
    }

    /// What this build has said for its own JVM of the compilers to be used.
    private static List<String> compilers() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:TieredStopAtLevel="))
                .toList();
    }

    /// The first listener's.
    public InetSocketAddress address() {
        return address;
    }

    /// Where it tells of itself; on IPv4, and not off.
    public InetSocketAddress admin() throws IOException {
        return told(ADMIN);
    }

    long pid() {
        return program.pid();
    }

    public String log() throws IOException {
        return program.log();
    }

    /// Writes another configuration and sends HUP; returns when the log says what came of it.
    ///
    /// @param event such as `reloaded`
    public void reload(String yaml, String event) throws IOException, InterruptedException {
        int before = occurrences(event);
        Files.writeString(file, yaml);
        program.signal("HUP");
        Eventually.holds(
                () -> "no other " + event + " in the log: " + quietLog(),
                START,
                () -> occurrences(event) > before);
    }

    private int occurrences(String event) {
        return quietLog().split(Pattern.quote("\"" + event + "\""), -1).length - 1;
    }

    /// Waits until a text is in the log.
    void awaitLog(String text) {
        Eventually.holds(
                () -> "no " + text + " in the log: " + quietLog(),
                START,
                () -> quietLog().contains(text));
    }

    private String quietLog() {
        try {
            return program.log();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// @param name without SIG, such as `TERM`
    void signal(String name) throws IOException, InterruptedException {
        program.signal(name);
    }

    /// Waits for its end.
    int exitCode(Duration patience) throws IOException, InterruptedException {
        return program.await(patience);
    }

    /// As a machine does that loses its power.
    public void kill() {
        program.kill();
    }

    @Override
    public void close() {
        program.close();
    }
}
