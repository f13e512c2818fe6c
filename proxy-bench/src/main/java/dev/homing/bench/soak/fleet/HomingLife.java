package dev.homing.bench.soak.fleet;

import dev.homing.Main;
import dev.homing.bench.load.ChildProcess;
import dev.homing.bench.measure.ResidentMemory;
import dev.homing.observe.samples.Samples;
import dev.homing.observe.samples.Scraper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Homing in a process of its own, with the launcher's options, from one start to its end.
public final class HomingLife implements AutoCloseable {

    /// More than it needs; a leak into the heap ends the process (`-XX:+ExitOnOutOfMemoryError`).
    private static final String HEAP = "-Xmx128m";

    /// On a machine on which others want the CPUs, too, a start can take a minute.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final long LOOK_MS = 20;
    private static final String WAITING = "(?m)^still resolving \\S+ …$";

    private final int number;
    private final Process process;
    private final HomingLog log;
    private final Path complaints;
    private final int adminPort;
    private final Scraper scraper;
    private final Thread ender;

    private HomingLife(int number, Process process, HomingLog log, Path complaints, int adminPort)
            throws IOException {
        this.number = number;
        this.process = process;
        this.log = log;
        this.complaints = complaints;
        this.adminPort = adminPort;
        scraper = new Scraper("127.0.0.1:" + adminPort, ANSWER);
        ender = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ender);
    }

    /// Begins a life; see [#awaitStart].
    ///
    /// @param prefix what stands before its command
    /// @param number counted from 1; names its files in the folder
    static HomingLife begin(
            List<String> prefix, Path folder, int number, Path configuration, int adminPort)
            throws IOException {
        Path log = folder.resolve("homing-" + number + ".log");
        Path complaints = folder.resolve("homing-" + number + ".err");
        ProcessBuilder builder =
                new ProcessBuilder(
                                ChildProcess.javaCommand(
                                        prefix,
                                        List.of(HEAP),
                                        Main.class,
                                        "run",
                                        "-c",
                                        configuration.toString()))
                        .redirectOutput(log.toFile())
                        .redirectError(complaints.toFile());
        // What is in this process's environment is not meant for it.
        builder.environment().keySet().removeIf(name -> name.startsWith("HOMING_"));
        return new HomingLife(number, builder.start(), new HomingLog(log), complaints, adminPort);
    }

    /// Waits until it says that it has started.
    ///
    /// @throws IOException with its last words, if it does not
    public void awaitStart() throws IOException, InterruptedException {
        if (!awaitLogged("started", 1)) {
            throw new IOException("Homing did not start: " + lastWords());
        }
    }

    /// Waits until an event was logged so many times in all; false if it is not in time.
    public boolean awaitLogged(String event, long times) throws IOException, InterruptedException {
        return await(() -> log.count(event) >= times);
    }

    /// Waits until it has found out that nobody answers at a backend's address; false if it does
    /// not in time.
    public boolean awaitDown(String address) throws IOException, InterruptedException {
        return await(() -> log.isDown(address));
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private boolean await(Condition condition) throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - endNanos > 0 || !process.isAlive()) {
                return condition.holds();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return true;
    }

    public int number() {
        return number;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public HomingLog log() {
        return log;
    }

    /// What it wrote to standard error, which should be nothing, but for what it says to people
    /// while a name takes its time.
    public String complaints() throws IOException {
        return Files.readString(complaints).replaceAll(WAITING, "").strip();
    }

    public String lastWords() throws IOException {
        List<HomingLog.Entry> entries = log.entries();
        return (entries.isEmpty() ? "nothing logged" : entries.getLast().text())
                + "; "
                + (complaints().isEmpty() ? "no complaint" : complaints());
    }

    public Samples metrics() throws IOException, InterruptedException {
        return scraper.scrape();
    }

    public long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(proc("fd"))) {
            return open.count();
        }
    }

    /// VmRSS, heap and all.
    public long residentBytes() throws IOException {
        for (String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IOException("process " + pid() + " has no VmRSS");
    }

    public long outsideHeapBytes() throws IOException {
        return ResidentMemory.outsideHeapBytes(pid());
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(pid()), file);
    }

    /// Has the JVM collect its rubbish, so that what is left of the heap is in use.
    public void collectRubbish() throws IOException, InterruptedException {
        run(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid()),
                "GC.run");
    }

    /// Asks it for something at its admin address; what comes of it is in the log, too.
    ///
    /// @return the status, and what it says
    public String post(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + adminPort + path))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    public void hangUp() throws IOException, InterruptedException {
        run("kill", "-HUP", Long.toString(pid()));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process tool =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!tool.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            tool.destroyForcibly();
        }
    }

    /// Asks it to stop, by TERM, and waits.
    ///
    /// @return its exit code; empty if it goes on
    public OptionalInt stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /// SIGKILL.
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        scraper.close();
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(ender);
        } catch (IllegalStateException isShuttingDown) {
            // then it runs, and finds a process that has ended
            return;
        }
    }
}
