package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.capture.CaptureFile;
import dev.homing.capture.Content;
import dev.homing.capture.Frame;
import dev.homing.capture.Frames;
import dev.homing.capture.UdpDatagram;
import dev.homing.control.config.value.IpText;
import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.hash.Fnv1a;
import dev.homing.ledger.Side;
import dev.homing.observe.samples.Scraper;
import dev.homing.testkit.Eventually;
import dev.homing.testkit.Tshark;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Traces of a running instance, with real QUIC through it.
class TraceTest {

    private static final int ONE_IN = 4;
    private static final int CONNECTIONS_MAX = 200;
    private static final int TIMEOUT_SECONDS = 60;
    private static final int TRANSFER_BYTES = 20_000;

    private static DemoCertificate certificate;
    private static QuicServer a;
    private static QuicServer b;

    @TempDir Path folder;

    @BeforeAll
    static void startServers() throws Exception {
        certificate = DemoCertificate.create();
        a = QuicServer.start(ServerOptions.named("a"), certificate);
        b = QuicServer.start(ServerOptions.named("b"), certificate);
    }

    @AfterAll
    static void stopServers() {
        a.close();
        b.close();
    }

    private static Homing.Setup withServers(Shape shape) {
        return Homing.with()
                .admin()
                .shape(shape)
                .backend("a", a.address())
                .backend("b", b.address());
    }

    private static QuicClient client(Homing homing) throws IOException {
        return QuicClient.open(ClientOptions.toward(homing.address()), certificate.x509());
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private static boolean isSampled(String connectionId) {
        byte[] octets = HexFormat.of().parseHex(connectionId);
        long hash = Fnv1a.hash(MemorySegment.ofArray(octets), 0, octets.length);
        return Long.remainderUnsigned(hash, ONE_IN) == 0;
    }

    /// What one connection was.
    ///
    /// @param id that the server chose
    /// @param datagrams that Homing sent on for it, in both directions
    private record Done(String client, String id, long datagrams) {}

    private static long sent(Homing homing) {
        return homing.books().sent(Side.CLIENT) + homing.books().sent(Side.BACKEND);
    }

    /// Alone, so that the books say how many datagrams were its own.
    private static Done oneConnection(Homing homing) throws Exception {
        long before = sent(homing);
        String address;
        String id;
        try (QuicClient client = client(homing)) {
            ClientConnection connection = await(client.connect(homing.address()));
            assertTrue(await(connection.get(TRANSFER_BYTES, 1)).isIntact());
            id = connection.id();
            address = "127.0.0.1:" + client.address().getPort();
        }
        homing.assertBooksBalance();
        Eventually.holds(
                "the servers know that the connection is over",
                () -> a.counts().connectionsOpen() + b.counts().connectionsOpen() == 0);
        homing.assertBooksBalance();
        return new Done(address, id, sent(homing) - before);
    }

    @ParameterizedTest
    @EnumSource
    void recordsBothDirectionsOfSampledConnectionsAndNothingOfOthers(Shape shape) throws Exception {
        try (Homing homing = withServers(shape).start();
                TraceLines trace =
                        TraceLines.keep(homing, "sample=1/" + ONE_IN + "&duration=10m")) {
            List<Done> all = new ArrayList<>();
            int whole = 0;
            int none = 0;
            while ((whole == 0 || none == 0) && all.size() < CONNECTIONS_MAX) {
                Done done = oneConnection(homing);
                all.add(done);
                whole += isSampledFromTheBeginning(trace, done) ? 1 : 0;
                none += trace.datagrams(done.client()) == 0 && !isSampled(done.id()) ? 1 : 0;
            }
            assertTrue(whole > 0 && none > 0, whole + " and " + none + " of " + all.size());

            Set<String> sampled = new HashSet<>();
            for (Done done : all) {
                if (isSampled(done.id())) {
                    sampled.add(done.client());
                }
                if (isSampledFromTheBeginning(trace, done)) {
                    trace.awaitDatagrams(done.client(), done.datagrams());
                    assertEquals(done.datagrams(), trace.datagrams(done.client()));
                }
            }
            for (Map<String, String> record : trace.records()) {
                if (namesASampledId(record)) {
                    sampled.add(record.get("client"));
                }
            }
            for (Map<String, String> record : trace.records()) {
                assertTrue(sampled.contains(record.get("client")), record::toString);
                assertEquals(IpText.print(homing.address()), record.get("listener"));
                assertTrue(Set.of("a", "b").contains(record.get("backend")), record::toString);
            }
            for (String client : sampled) {
                Set<String> sides = new HashSet<>();
                trace.records().stream()
                        .filter(each -> client.equals(each.get("client")))
                        .forEach(each -> sides.add(each.get("side")));
                assertEquals(Set.of("client", "backend"), sides);
            }
        }
    }

    /// Whether the server is addressed by a sampled connection ID, or says that it will be.
    private static boolean namesASampledId(Map<String, String> record) {
        String id = record.get(record.get("side").equals("client") ? "dcid" : "scid");
        return id != null && !id.isEmpty() && isSampled(id);
    }

    /// Whether the connection ID that the client chose for its first packet is of the sample. Waits
    /// for the record, where there must be one.
    private static boolean isSampledFromTheBeginning(TraceLines trace, Done done) {
        if (isSampled(done.id())) {
            trace.awaitDatagrams(done.client(), 1);
        } else {
            Eventually.isTrue(Duration.ofMillis(300), () -> trace.datagrams(done.client()) > 0);
        }
        return trace.records().stream()
                .filter(each -> done.client().equals(each.get("client")))
                .findFirst()
                .filter(first -> "initial".equals(first.get("type")))
                .filter(first -> "client".equals(first.get("side")))
                .filter(first -> isSampled(first.get("dcid")))
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void recordsDropsByTheirReason(Shape shape) throws Exception {
        try (Homing homing = withServers(shape).start();
                TraceLines trace = TraceLines.keep(homing, "drops=truncated_header&duration=10m");
                Client stranger = new Client("127.0.0.1")) {
            oneConnection(homing);
            for (int i = 0; i < 5; i++) {
                stranger.send(new byte[0], homing.address());
                stranger.send(new byte[] {(byte) 0xc0, 0, 0, 0, 1, 20}, homing.address());
            }
            Eventually.holds("five are recorded", () -> trace.count() >= 5);
            homing.assertBooksBalance();

            assertEquals(5, trace.count());
            for (Map<String, String> record : trace.records()) {
                assertEquals("127.0.0.1:" + stranger.port(), record.get("client"));
                assertEquals("dropped", record.get("verdict"));
                assertEquals("truncated_header", record.get("reason"));
                assertEquals("c00000000114", record.get("head"));
                assertFalse(record.containsKey("backend"));
            }
        }
    }

    /// UDP over IPv6 carries some octets more than over IPv4.
    @ParameterizedTest
    @EnumSource(Shape.class)
    void tellsWhoseDatagramCouldNotBeSentAlthoughNobodyAskedForItsConnection(Shape shape)
            throws Exception {
        try (Homing homing = withServers(shape).listen("[::1]:0").start();
                TraceLines trace = TraceLines.keep(homing, "drops=too_big&duration=10m");
                Client client = new Client("::1")) {
            client.send(Client.initial(1, 2, 1200), homing.address());
            client.send(Client.initial(1, 2, 65_520), homing.address());
            Eventually.holds("it is recorded", () -> trace.count() >= 1);

            assertEquals(1, trace.count());
            Map<String, String> record = trace.records().getFirst();
            assertEquals("[::1]:" + client.port(), record.get("client"));
            assertEquals(IpText.print(homing.address()), record.get("listener"));
            assertTrue(Set.of("a", "b").contains(record.get("backend")), record::toString);
            assertEquals("65520", record.get("octets"));
            assertEquals("too_big", record.get("reason"));
        }
    }

    @Test
    void anotherTraceIsRefusedUntilTheFirstIsOver() throws Exception {
        try (Homing homing = withServers(Shape.RUN_TO_COMPLETION).start();
                Scraper other = new Scraper(homing.admin(), Duration.ofSeconds(20))) {
            try (TraceLines first = TraceLines.begin(homing, "duration=10m")) {
                IOException refused = assertThrows(IOException.class, () -> other.stream("/trace"));
                assertTrue(
                        refused.getMessage().contains("a trace is running already"),
                        refused::getMessage);
                assertEquals(0, first.count());
            }
            // The first one's reader has gone away.
            Eventually.holds(
                    "another one may begin",
                    () -> {
                        try (InputStream lines = other.stream("/trace?duration=100ms")) {
                            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                                    .startsWith("{\"trace\":");
                        } catch (IOException e) {
                            return false;
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    });
        }
    }

    @Test
    void writesPcapngThatIsReadBack() throws Exception {
        try (Homing homing = withServers(Shape.DEDICATED_RECEIVERS).start()) {
            Path file = capture(homing, "sample=1/1&duration=10m&format=pcapng", 3);
            InetSocketAddress listener = homing.address();
            int toHoming = 0;
            int fromHoming = 0;
            try (Frames frames = CaptureFile.open(file)) {
                for (Optional<Frame> frame = frames.next();
                        frame.isPresent();
                        frame = frames.next()) {
                    UdpDatagram datagram = (UdpDatagram) Content.of(frame.get());
                    assertTrue(datagram.payload().length <= 128);
                    toHoming += datagram.to().equals(listener) ? 1 : 0;
                    fromHoming += datagram.from().equals(listener) ? 1 : 0;
                }
            }
            assertEquals(homing.books().sent(Side.BACKEND), toHoming);
            assertEquals(homing.books().sent(Side.CLIENT), fromHoming);
        }
    }

    @Test
    void tsharkDissectsQuic() throws Exception {
        Tshark.assumeInstalled();
        try (Homing homing = withServers(Shape.RUN_TO_COMPLETION).start()) {
            Path file = capture(homing, "sample=1/1&duration=10m&snap=1500&format=pcapng", 1);
            List<String> quic =
                    List.of("-d", "udp.port==%d,quic".formatted(homing.address().getPort()));

            List<String> packets =
                    Tshark.fields(
                            file,
                            quic,
                            "frame.protocols",
                            "quic.version",
                            "quic.dcid",
                            "frame.packet_flags_direction",
                            "frame.comment",
                            "tls.handshake.type",
                            "_ws.malformed");

            assertEquals(
                    homing.books().sent(Side.BACKEND) + homing.books().sent(Side.CLIENT),
                    packets.size());
            for (String packet : packets) {
                String[] fields = packet.split("\\|", -1);
                assertTrue(fields[0].startsWith("raw:ip:udp:quic"), packet);
                assertEquals("", fields[6], packet);
                // 1 is inbound, 2 outbound.
                boolean isInbound = fields[4].contains("to backend");
                assertEquals(isInbound ? 1 : 2, Integer.decode(fields[3]), packet);
                assertTrue(fields[4].matches("sent after \\d+ us, .*"), packet);
            }
            // Whole Initial packets can be decrypted by anyone (RFC 9001 section 5.2): the first
            // has
            // a ClientHello.
            String[] first = packets.getFirst().split("\\|", -1);
            assertEquals("0x00000001", first[1]);
            assertEquals("1", first[5], packets.getFirst());
        }
    }

    /// Ends when everything that some connections have sent is there.
    private Path capture(Homing homing, String query, int connections) throws Exception {
        Path file = folder.resolve("capture.pcapng");
        Thread copier;
        try (Scraper instance = new Scraper(homing.admin(), Duration.ofSeconds(20));
                InputStream octets = instance.stream("/trace?" + query)) {
            copier = Thread.ofPlatform().daemon().start(() -> copy(octets, file));
            for (int i = 0; i < connections; i++) {
                oneConnection(homing);
            }
            Eventually.holds(
                    () -> frames(file) + " of " + sent(homing),
                    Eventually.DEADLINE,
                    () -> frames(file) >= sent(homing));
        }
        copier.join(TIMEOUT_SECONDS * 1000L);
        assertEquals(sent(homing), frames(file));
        return file;
    }

    private static void copy(InputStream octets, Path file) {
        try {
            Files.copy(octets, file);
        } catch (IOException _) {
            // Closed.
        }
    }

    /// How many whole ones there are.
    private static long frames(Path file) {
        long count = 0;
        try (Frames frames = CaptureFile.open(file)) {
            while (frames.next().isPresent()) {
                count++;
            }
        } catch (IOException _) {
            // It is still being written.
        }
        return count;
    }
}
