package dev.homing.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.demo.client.Transfer;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.peers.QuicLbServer.Stack;
import dev.homing.testkit.KwikClient;
import dev.homing.testkit.QuicLbIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// That the servers whose connection IDs name them do so, and let clients migrate: without that, a
/// test of Homing with them would prove nothing.
@Tag("quic")
class QuicLbServersTest {

    private static final int ATTEMPTS = 3;

    private static final QuicLbIds PLAINTEXT =
            QuicLbIds.plaintext(1, "0a0b0c", 6).withEncodedLength();
    private static final QuicLbIds ENCRYPTED =
            QuicLbIds.encrypted(4, "c0ffee01", "8f95f09245765f80256934e50c66207f");
    // quic-go follows a client to another address only if the client's own connection IDs are empty
    // or it has given a spare one, which kwik does not by itself.
    private static final KwikClient.Options NAMELESS =
            KwikClient.Options.STANDARD.withConnectionIdLength(0);
    private static final String[] MIGRATES = {"--change-local-addr=100ms", "--delay-stream=200ms"};

    @TempDir Path folder;

    private Site site;

    @BeforeEach
    void fillSite() throws IOException {
        site = Site.in(folder);
    }

    static Stream<Arguments> stacksAndLayouts() {
        return Stream.of(Stack.values())
                .flatMap(stack ->
                        Stream.of(PLAINTEXT, ENCRYPTED).map(ids -> Arguments.of(stack, ids)));
    }

    @ParameterizedTest
    @MethodSource("stacksAndLayouts")
    void aClientThatMigratesGoesOnUnderAnotherIdOfTheSameServer(Stack stack, QuicLbIds ids)
            throws Exception {
        try (QuicLbServer server = QuicLbServer.start(stack, site, "127.0.0.1", "berlin", ids)) {
            for (int left = ATTEMPTS; !goesOn(server, ids, left == 1); left--) {
                assertTrue(left > 1);
            }
        }
    }

    /// @param isLast whether kwik's own failures count now: now and then it ends a connection by
    ///   itself, in its handshake or when its socket is exchanged
    private boolean goesOn(QuicLbServer server, QuicLbIds ids, boolean isLast) throws IOException {
        try (KwikClient client = KwikClient.connect(server.address(), site.trusted(), NAMELESS)) {
            int portBefore = client.localAddress().getPort();
            migrate(client, ids);
            int portAfter = client.localAddress().getPort();
            // A server validates the new path before it goes over to it (RFC 9000 section 9.3).
            for (int i = 0; i < 50 && !server.clientPorts().contains(portAfter); i++) {
                assertTrue(client.get(1_000, i).isIntact());
            }
            assertTrue(server.clientPorts().containsAll(Set.of(portBefore, portAfter)));
            return true;
        } catch (IOException e) {
            if (isLast) {
                throw e;
            }
            return false;
        }
    }

    @Test
    void nettyDoesTheSame() throws Exception {
        for (QuicLbIds ids : new QuicLbIds[] {PLAINTEXT, ENCRYPTED}) {
            ServerOptions options =
                    ServerOptions.named("berlin")
                            .withConnectionIdLength(ids.length())
                            .withConnectionIds(length -> ids.next());
            try (QuicServer server = QuicServer.start(options, site.trusted());
                    KwikClient client =
                            KwikClient.connect(server.address(), site.trusted(), NAMELESS)) {
                migrate(client, ids);
                assertEquals(1, server.counts().migrations());
            }
        }
    }

    private static void migrate(KwikClient client, QuicLbIds ids) throws IOException {
        Transfer before = client.get(20_000, -1);
        String idBefore = client.destinationConnectionId();
        client.migrate();
        Transfer after = client.get(20_000, Long.MAX_VALUE);
        String idAfter = client.destinationConnectionId();

        assertTrue(before.isIntact() && after.isIntact(), () -> before + " " + after);
        assertEquals("berlin", before.server());
        assertEquals("berlin", after.server());
        assertNotEquals(idBefore, idAfter);
        assertEquals(ids.serverId(), ids.serverIdIn(idBefore), idBefore);
        assertEquals(ids.serverId(), ids.serverIdIn(idAfter), idAfter);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSentIsEchoed(Stack stack) throws Exception {
        byte[] sent = new byte[100_000];
        new SplittableRandom(1).nextBytes(sent);
        try (QuicLbServer server = QuicLbServer.start(stack, site, "::1", "berlin", PLAINTEXT);
                KwikClient client =
                        KwikClient.connect(server.address(), site.trusted(), NAMELESS)) {
            assertArrayEquals(sent, client.echo(sent));
        }
    }

    @Test
    void ngtcp2MigratesOnAioquic() throws Exception {
        GtlsClient client = new GtlsClient(site);
        for (QuicLbIds ids : new QuicLbIds[] {PLAINTEXT, ENCRYPTED}) {
            try (QuicLbServer server =
                    QuicLbServer.start(Stack.AIOQUIC, site, "127.0.0.1", "berlin", ids)) {
                GtlsClient.Run run = client.get(server.address(), Site.MEDIUM, MIGRATES);
                assertTrue(run.isGood(), run::toString);
                assertTrue(run.log().contains("Local address is now"), run::toString);
                assertEveryIdNames(ids, run);
            }
        }
    }

    /// ngtcp2 obeys the server, which forbids active migration; a NAT does not ask.
    @Test
    void ngtcp2IsRebindedOnQuicGo() throws Exception {
        GtlsClient client = new GtlsClient(site);
        try (QuicLbServer server =
                QuicLbServer.start(Stack.QUIC_GO, site, "127.0.0.1", "berlin", ENCRYPTED)) {
            GtlsClient.Run run =
                    client.get(
                            server.address(),
                            Site.MEDIUM,
                            Stream.concat(Stream.of(MIGRATES), Stream.of("--nat-rebinding"))
                                    .toArray(String[]::new));
            assertTrue(run.isGood(), run::toString);
            assertTrue(run.log().contains("Local address is now"), run::toString);
            assertEveryIdNames(ENCRYPTED, run);
        }
    }

    private static void assertEveryIdNames(QuicLbIds ids, GtlsClient.Run run) {
        Set<String> issued =
                Pattern.compile("rx .*NEW_CONNECTION_ID.* cid=0x([0-9a-f]+)")
                        .matcher(run.log())
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet());
        assertFalse(issued.isEmpty(), run::toString);
        for (String id : issued) {
            assertEquals(ids.serverId(), ids.serverIdIn(id), id);
        }
    }
}
