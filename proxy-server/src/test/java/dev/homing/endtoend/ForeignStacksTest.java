package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.peers.Caddy;
import dev.homing.peers.GtlsClient;
import dev.homing.peers.GtlsServer;
import dev.homing.peers.Probe;
import dev.homing.peers.Site;
import dev.homing.testkit.Eventually;
import dev.homing.testkit.Lanes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// ngtcp2 and quic-go on both sides of Homing, unmodified.
@Tag("quic")
class ForeignStacksTest {

    /// Clients wait most of their lives.
    private static final int AT_A_TIME = 4;

    /// Without what is in each packet: all that a server has said is read with each look at its
    /// log.
    private static final String[] BRIEFLY = {"--no-quic-dump", "--no-http-dump"};

    @TempDir Path folder;

    private Site site;
    private GtlsClient client;

    @BeforeEach
    void fillSite() throws IOException {
        site = Site.in(folder);
        client = new GtlsClient(site);
    }

    @ParameterizedTest
    @CsvSource({
        "DEDICATED_RECEIVERS, 127.0.0.1:0, 127.0.0.1",
        "DEDICATED_RECEIVERS, '[::1]:0', ::1",
        "RUN_TO_COMPLETION, 127.0.0.1:0, ::1",
        "RUN_TO_COMPLETION, '[::1]:0', 127.0.0.1",
    })
    void ngtcp2CarriesFiveMegabytesIntact(Shape shape, String listen, String backend)
            throws Exception {
        try (GtlsServer server = GtlsServer.start(site, backend, "-q");
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .listen(listen)
                                .backend("a", server.address())
                                .start()) {
            GtlsClient.Run run = client.get(homing.address(), Site.LARGE, "-q");
            assertTrue(run.isGood(), () -> run + "\n" + homing.account());
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DEDICATED_RECEIVERS, 127.0.0.1:0, ::1",
        "RUN_TO_COMPLETION, '[::1]:0', ::1",
        "RUN_TO_COMPLETION, 127.0.0.1:0, 127.0.0.1",
    })
    void caddyCarriesFiveMegabytesIntact(Shape shape, String listen, String backend)
            throws Exception {
        try (Caddy server = Caddy.start(site, backend);
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .listen(listen)
                                .backend("a", server.address())
                                .start()) {
            GtlsClient.Run run = client.get(homing.address(), Site.LARGE, "-q");
            assertTrue(run.isGood(), () -> run + "\n" + homing.account());
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void twentyOfTwentySurviveANatRebindingAndTheServerSeesTheNewPath(Shape shape)
            throws Exception {
        try (GtlsServer first = GtlsServer.start(site, "127.0.0.1", BRIEFLY);
                GtlsServer second = GtlsServer.start(site, "127.0.0.1", BRIEFLY);
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .backend("first", first.address())
                                .backend("second", second.address())
                                .start()) {
            for (int i = 0; i < 20; i++) {
                assertTrue(isSeenToMove(homing, first, second), "connection " + i);
            }
            homing.assertBooksBalance();
        }
    }

    /// A transfer may be over before its server has validated the new path; then there is another.
    private boolean isSeenToMove(Homing homing, GtlsServer first, GtlsServer second)
            throws Exception {
        for (int attempt = 0; attempt < 3; attempt++) {
            int before = validatedAddresses(first, second);
            GtlsClient.Run run =
                    client.get(
                            homing.address(),
                            Site.MEDIUM,
                            "--no-quic-dump",
                            "--no-http-dump",
                            "--change-local-addr=100ms",
                            "--nat-rebinding",
                            "--delay-stream=200ms");
            assertTrue(run.isGood(), () -> run + "\n" + homing.account());
            assertTrue(run.log().contains("Local address is now"), "the client has moved");
            if (Eventually.isTrue(
                    Duration.ofSeconds(2), () -> validatedAddresses(first, second) > before)) {
                return true;
            }
        }
        return false;
    }

    /// How many new client addresses the servers have validated.
    private static int validatedAddresses(GtlsServer first, GtlsServer second) {
        try {
            return validatedAddresses(first.log()).size() + validatedAddresses(second.log()).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A server validates each new path, and the old one once more, so addresses are what counts.
    private static Set<String> validatedAddresses(String log) {
        return Pattern.compile("Path validation against path \\{.*remote:(\\S+)} succeeded")
                .matcher(log)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource
    void retryWorksAcrossSeveralServers(Shape shape) throws Exception {
        try (GtlsServer first = GtlsServer.start(site, "127.0.0.1", "-q", "-V");
                GtlsServer second = GtlsServer.start(site, "127.0.0.1", "-q", "-V");
                GtlsServer third = GtlsServer.start(site, "127.0.0.1", "-q", "-V");
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .backend("first", first.address())
                                .backend("second", second.address())
                                .backend("third", third.address())
                                .start()) {
            Lanes.run(AT_A_TIME, 10, number -> isRetried(homing));
            homing.assertBooksBalance();
        }
    }

    private void isRetried(Homing homing) throws Exception {
        GtlsClient.Run run = client.get(homing.address(), Site.MEDIUM);
        assertTrue(run.isGood(), () -> run + "\n" + homing.account());
        assertTrue(run.log().contains("Retry"), "the server sent Retry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--scid=",
                "--scid=0102030405060708090a0b0c0d0e0f1011121314",
                "--dcid=c0ffee0102030405",
                "--dcid=c0ffee0102030405060708090a0b0c0d0e0f",
                "-v0x1a2a3a4a --preferred-versions=v1",
                "-vv2draft",
                "--key-update=5ms",
                "-t0.1 -r0.1",
                "-n50",
                "--change-local-addr=100ms --nat-rebinding --delay-stream=200ms --scid=",
            })
    void everythingThatAClientMayDoWorksThroughHoming(String options) throws Exception {
        try (GtlsServer first = GtlsServer.start(site, "127.0.0.1", "-q");
                GtlsServer second = GtlsServer.start(site, "127.0.0.1", "-q");
                Homing homing =
                        Homing.with()
                                .shape(Shape.DEDICATED_RECEIVERS)
                                .backend("first", first.address())
                                .backend("second", second.address())
                                .start()) {
            for (int i = 0; i < 2; i++) {
                GtlsClient.Run run = client.get(homing.address(), Site.MEDIUM, quietly(options));
                assertTrue(run.isGood(), () -> options + ": " + run + "\n" + homing.account());
            }
            homing.assertBooksBalance();
        }
    }

    private static String[] quietly(String options) {
        return Stream.concat(Stream.of("-q"), Stream.of(options.split(" "))).toArray(String[]::new);
    }

    @Test
    void aSessionIsResumedWithZeroRtt() throws Exception {
        String session = folder.resolve("session").toString();
        String parameters = folder.resolve("parameters").toString();
        String[] options = {"--session-file=" + session, "--tp-file=" + parameters};
        try (GtlsServer server = GtlsServer.start(site, "127.0.0.1");
                Homing homing =
                        Homing.with()
                                .shape(Shape.RUN_TO_COMPLETION)
                                .backend("a", server.address())
                                .start()) {
            GtlsClient.Run first = client.get(homing.address(), Site.SMALL, options);
            assertTrue(first.isGood(), first::toString);
            assertTrue(
                    Files.exists(Path.of(session)) && Files.exists(Path.of(parameters)),
                    "a session to resume");
            GtlsClient.Run second = client.get(homing.address(), Site.SMALL, options);
            assertTrue(second.isGood(), second::toString);
            assertTrue(second.log().contains("0RTT"), "the client sent 0-RTT packets");
            assertTrue(server.log().contains("0RTT"), "the server received them");
            homing.assertBooksBalance();
        }
    }

    @Test
    void versionNegotiationIsAnsweredByABackend() throws Exception {
        try (GtlsServer server = GtlsServer.start(site, "127.0.0.1", "-q");
                Homing homing =
                        Homing.with()
                                .shape(Shape.DEDICATED_RECEIVERS)
                                .backend("a", server.address())
                                .start()) {
            Eventually.holds(
                    "Version Negotiation comes back",
                    () -> {
                        try {
                            return Probe.isAnswered(homing.address());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            assertEquals(0, homing.books().connectionIds(), "it teaches nothing");
            homing.assertBooksBalance();
        }
    }
}
