package dev.homing.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ProxyServer;
import dev.homing.capture.CaptureFile;
import dev.homing.capture.Content;
import dev.homing.capture.Frame;
import dev.homing.capture.Frames;
import dev.homing.capture.UdpDatagram;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.value.IpText;
import dev.homing.testkit.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `trace` and `capture`, against a running instance that a client sends to all the time.
final class TraceCommandsTest {

    private static final long PAUSE_NS = 1_000_000;
    private static final long DEADLINE_SECONDS = 60;
    private static final int INITIAL_BYTES = 1200;

    @TempDir Path folder;

    private DatagramSocket backend;
    private DatagramSocket client;
    private ProxyServer server;
    private boolean isServing;
    private Thread sender;
    private String admin = "";

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress("127.0.0.1", 0);
        backend = new DatagramSocket(anyPort);
        client = new DatagramSocket(anyPort);
        Sources sources =
                new Sources(
                        Optional.empty(),
                        Map.of(),
                        List.of("127.0.0.1:0"),
                        List.of("a=127.0.0.1:" + backend.getLocalPort()),
                        List.of(new Sources.NamedOption("--admin", "admin.address", "127.0.0.1:0")),
                        List.of("threads.receivers=1", "threads.shards=1"));
        server =
                switch (new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                        .load(sources)) {
                    case Outcome.Accepted accepted -> ProxyServer.start(accepted.configuration());
                    case Outcome.Refused refused -> throw new AssertionError(refused.problems());
                };
        isServing = true;
        admin = IpText.print(server.adminAddress().orElseThrow());
        sender = Thread.ofPlatform().daemon().start(this::send);
    }

    private void send() {
        byte[] initial =
                ByteBuffer.allocate(INITIAL_BYTES)
                        .put((byte) 0xc0)
                        .putInt(1)
                        .put((byte) 8)
                        .putLong(0x8394c8f03e515708L)
                        .put((byte) 0)
                        .array();
        DatagramPacket packet =
                new DatagramPacket(initial, initial.length, server.listenAddresses().getFirst());
        try {
            while (!Thread.interrupted()) {
                client.send(packet);
                LockSupport.parkNanos(PAUSE_NS);
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        sender.interrupt();
        sender.join(TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
        client.close();
        stopServer();
        backend.close();
    }

    private void stopServer() {
        if (isServing) {
            isServing = false;
            server.close();
        }
    }

    private Typed typed(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--admin", admin));
        arguments.addAll(List.of(more));
        return Typed.of(arguments);
    }

    private String from() {
        return "127.0.0.1:" + client.getLocalPort();
    }

    @Test
    void printsAJsonObjectALineWhenTheOutputIsNoTerminal() {
        Typed typed = typed("trace", "--sample", "1/1", "--duration", "500ms");

        assertEquals(0, typed.exitCode(), typed.err());
        List<String> lines = typed.out().lines().toList();
        assertFalse(lines.isEmpty());
        for (String line : lines) {
            assertTrue(
                    line.matches(
                            "\\{\"time\":\"[^\"]+\",\"thread\":\"shard-0\",\"side\":\"client\",\"listener\":\"[^\"]+\","
                                    + "\"client\":\""
                                    + from()
                                    + "\",\"backend\":\"a\",.*\"dcid\":\"8394c8f03e515708\",.*\"verdict\":\"sent\",.*}"),
                    line);
        }
        assertEquals("%d recorded, 0 lost\n".formatted(lines.size()), typed.err());
    }

    @Test
    void printsLinesForPeople() {
        Typed typed =
                typed(
                        "trace",
                        "--cid",
                        "8394c8f03e515708",
                        "--duration",
                        "500ms",
                        "--output",
                        "text");

        assertEquals(0, typed.exitCode(), typed.err());
        String first = typed.out().lines().findFirst().orElseThrow();
        assertTrue(
                first.matches(
                        ".* %s > a  1200 initial dcid 8394c8f03e515708  flow  sent after \\d+ us"
                                .formatted(from())),
                first);
    }

    @Test
    void saysSoWhenNothingIsOfTheSample() {
        Typed typed = typed("trace", "--cid", "00", "--duration", "100ms");

        assertEquals(0, typed.exitCode());
        assertEquals("", typed.out());
        assertEquals(
                "0 recorded, 0 lost\n"
                        + "No datagram was of the sample: take more of them (--sample 1/10), or longer (--duration 1m).\n",
                typed.err());
    }

    @Test
    void writesAFileForWireshark() throws IOException {
        Path file = folder.resolve("out.pcapng");

        Typed typed =
                typed("capture", "--sample", "1/1", "--duration", "500ms", "-w", file.toString());

        assertEquals(0, typed.exitCode(), typed.err());
        assertEquals("", typed.out());
        long packets = packets(file);
        assertTrue(packets > 0);
        assertEquals(
                "%d packets written to %s, 0 of %d records lost\n"
                        .formatted(packets, file, packets),
                typed.err());
    }

    /// How many there are, all of which must be the client's.
    private long packets(Path file) throws IOException {
        long count = 0;
        try (Frames frames = CaptureFile.open(file)) {
            for (Optional<Frame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                UdpDatagram datagram = (UdpDatagram) Content.of(frame.get());
                assertEquals(client.getLocalPort(), datagram.from().getPort());
                assertEquals(server.listenAddresses().getFirst(), datagram.to());
                assertEquals(INITIAL_BYTES, datagram.lengthBytes());
                count++;
            }
        }
        return count;
    }

    @Test
    void leavesAValidFileWhenItIsTerminated() throws Exception {
        Path file = folder.resolve("out.pcapng");
        Path err = folder.resolve("err");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.homing.command.ProgramForTests",
                                "capture",
                                "--admin",
                                admin,
                                "--sample",
                                "1/1",
                                "--duration",
                                "10m",
                                "-w",
                                file.toString())
                        .redirectError(err.toFile())
                        .start();
        try {
            Eventually.holds(
                    () -> "packets are written",
                    java.time.Duration.ofSeconds(DEADLINE_SECONDS),
                    () -> file.toFile().length() > 10_000);
            process.destroy(); // SIGTERM; SIGINT takes the same way
            assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }

        long packets = packets(file);
        assertTrue(
                Files.readString(err)
                        .endsWith(
                                "%d packets written to %s, ended before its time\n"
                                        .formatted(packets, file)),
                Files.readString(err));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace", "capture -w -"})
    void failsWhenTheInstanceStops(String command) throws Exception {
        String line = command + " --sample 1/1 --duration 10m --admin " + admin;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CompletableFuture<Typed> running =
                CompletableFuture.supplyAsync(() -> Typed.of(List.of(line.split(" ", -1)), out));
        Eventually.holds("the first records have come", () -> out.size() > 0);

        stopServer();

        Typed typed = running.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertEquals(ExitCode.FAILED, typed.exitCode());
        assertEquals(
                "homing: the %s ended before its time: the instance has stopped, or the connection to it broke.\n"
                        .formatted(command.split(" ", -1)[0]),
                typed.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace", "capture"})
    void saysSoWhenThereIsNoInstance(String command) {
        stopServer();
        Path file = folder.resolve("out.pcapng");

        Typed typed =
                command.equals("trace") ? typed(command) : typed(command, "-w", file.toString());

        assertEquals(ExitCode.FAILED, typed.exitCode());
        assertEquals(
                "homing: cannot ask the admin address %s: the connection is refused. Is Homing running, and is this its admin.address? Give another one with --admin.\n"
                        .formatted(admin),
                typed.err());
        assertFalse(Files.exists(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sample | 5 | --sample: \"5\" is not one of so many. Write 1/1000 for one in a thousand; at most 1/1000000000.",
                "--duration | 5 | --duration: \"5\" has no unit. Write 5s if it means seconds.",
            })
    void refusesWhatItDoesNotUnderstandWithoutAskingAnyone(
            String option, String value, String sentence) {
        Typed typed = Typed.of("trace", "--admin", "127.0.0.1:1", option, value);

        assertEquals(ExitCode.USAGE, typed.exitCode());
        assertEquals("homing: " + sentence + "\nTry 'homing trace --help'.\n", typed.err());
    }

    @Test
    void saysWhyAFileCannotBeWritten() {
        Path file = folder.resolve("nowhere").resolve("out.pcapng");

        Typed typed = typed("capture", "-w", file.toString());

        assertEquals(ExitCode.FAILED, typed.exitCode());
        assertEquals(
                "homing: cannot write %s: there is no such folder.\n".formatted(file), typed.err());
    }
}
