package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.cid.server.QuicLbEncoder;
import dev.homing.demo.client.Transfer;
import dev.homing.ledger.RouteMethod;
import dev.homing.netty.QuicLbConnectionIdGenerator;
import dev.homing.peers.GtlsClient;
import dev.homing.peers.QuicLbServer;
import dev.homing.peers.QuicLbServer.Stack;
import dev.homing.peers.Site;
import dev.homing.testkit.KwikClient;
import dev.homing.testkit.Lanes;
import dev.homing.testkit.NettyHttp3Server;
import dev.homing.testkit.QuicLbIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tech.kwik.core.StreamClosedException;

/// Active migration, to a new address and a new connection ID at once, on servers that nobody here
/// wrote, with the QUIC-LB connection IDs of docs/SERVERS.md.
@Tag("quic")
class ForeignMigrationTest {

    private static final int CONNECTIONS = 20;

    /// Clients wait most of their lives.
    private static final int AT_A_TIME = 4;

    private static final int ATTEMPTS = 3;
    private static final int SERVERS = 3;
    private static final String KEY = "8f95f09245765f80256934e50c66207f";

    /// quic-go follows only clients without connection IDs of their own, or with spare ones.
    private static final KwikClient.Options NAMELESS =
            KwikClient.Options.STANDARD.withConnectionIdLength(0);

    @TempDir Path folder;

    private Site site;

    @BeforeEach
    void fillSite() throws IOException {
        site = Site.in(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "QUIC_GO, DEDICATED_RECEIVERS, false",
        "QUIC_GO, RUN_TO_COMPLETION, true",
        "AIOQUIC, RUN_TO_COMPLETION, false",
        "AIOQUIC, DEDICATED_RECEIVERS, true",
        "QUINN, DEDICATED_RECEIVERS, false",
        "QUINN, RUN_TO_COMPLETION, true",
    })
    void twentyOfTwentyKwikClientsSurvive(Stack stack, Shape shape, boolean encrypted)
            throws Exception {
        try (Fleet fleet = new Fleet(stack, encrypted);
                Homing homing = fleet.homing(shape)) {
            Lanes.run(AT_A_TIME, CONNECTIONS, number -> survives(homing, number));
            assertTrue(homing.books().routed(RouteMethod.DECODED) > CONNECTIONS, homing::account);
            homing.assertBooksBalance();
        }
    }

    /// kwik now and then ends a connection by itself at the moment when its socket is exchanged,
    /// and says so at once (see KwikMigration); one that Homing loses gets no answer.
    private void survives(Homing homing, int seed) throws IOException {
        for (int left = ATTEMPTS; ; left--) {
            try (KwikClient client =
                    KwikClient.connect(homing.address(), site.trusted(), NAMELESS)) {
                Transfer before = client.get(20_000, seed);
                String firstId = client.destinationConnectionId();
                client.migrate();
                Transfer after = client.get(20_000, seed + 100L);
                assertNotEquals(firstId, client.destinationConnectionId());
                assertTrue(before.isIntact() && after.isIntact(), () -> before + " " + after);
                assertEquals(before.server(), after.server());
                return;
            } catch (IOException e) {
                if (left == 1 || !(e.getCause() instanceof StreamClosedException)) {
                    throw e;
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void twentyOfTwentyNgtcp2ClientsSurviveOnAioquic(Shape shape) throws Exception {
        GtlsClient client = new GtlsClient(site);
        try (Fleet fleet = new Fleet(Stack.AIOQUIC, true);
                Homing homing = fleet.homing(shape)) {
            Lanes.run(AT_A_TIME, CONNECTIONS, number -> migrates(client, homing));
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void twentyOfTwentyNgtcp2ClientsSurviveOnNetty(Shape shape) throws Exception {
        GtlsClient client = new GtlsClient(site);
        NamingServers naming = NamingServers.FOUR_PASS;
        List<NettyHttp3Server> servers = new ArrayList<>();
        Homing.Setup setup = naming.configure(Homing.with().shape(shape));
        try {
            for (int i = 0; i < SERVERS; i++) {
                QuicLbEncoder encoder = naming.encoder(i);
                servers.add(
                        new NettyHttp3Server(
                                site.trusted(),
                                new QuicLbConnectionIdGenerator(encoder),
                                encoder.length(),
                                site.octets(Site.MEDIUM)));
                setup.backend("s" + i, servers.get(i).address());
            }
            try (Homing homing = setup.start()) {
                Lanes.run(AT_A_TIME, CONNECTIONS, number -> migrates(client, homing));
                homing.assertBooksBalance();
            }
        } finally {
            servers.forEach(NettyHttp3Server::close);
        }
    }

    private static void migrates(GtlsClient client, Homing homing) throws Exception {
        GtlsClient.Run run =
                client.get(
                        homing.address(),
                        Site.MEDIUM,
                        "--change-local-addr=100ms",
                        "--delay-stream=200ms");
        assertTrue(run.isGood(), () -> run + "\n" + homing.account());
        assertTrue(run.log().contains("Local address is now"), run::toString);
    }

    /// Three servers of one stack, and what Homing has to know of them.
    private final class Fleet implements AutoCloseable {

        private final boolean isEncrypted;
        private final List<QuicLbServer> servers = new ArrayList<>();
        private final List<QuicLbIds> ids = new ArrayList<>();

        Fleet(Stack stack, boolean isEncrypted) throws Exception {
            this.isEncrypted = isEncrypted;
            for (int i = 0; i < SERVERS; i++) {
                QuicLbIds own =
                        isEncrypted
                                ? QuicLbIds.encrypted(4, "c0ffee0" + i, KEY)
                                : QuicLbIds.plaintext(1, "0a0b0" + i, 6).withEncodedLength();
                ids.add(own);
                servers.add(QuicLbServer.start(stack, site, "127.0.0.1", "s" + i, own));
            }
        }

        Homing homing(Shape shape) {
            String pool = "pools.default.";
            String config = pool + "cid-configs.0.";
            Homing.Setup setup =
                    Homing.with()
                            .shape(shape)
                            .set(pool + "cid-scheme", "quic-lb")
                            .set(config + "config-rotation-bits", isEncrypted ? 4 : 1)
                            .set(config + "server-id-length", isEncrypted ? 4 : 3)
                            .set(config + "nonce-length", isEncrypted ? 12 : 6);
            if (isEncrypted) {
                setup.set(config + "cid-key", KEY);
            }
            for (int i = 0; i < SERVERS; i++) {
                String mapping = config + "server-id-mappings." + i + ".";
                setup.backend("s" + i, servers.get(i).address())
                        .set(mapping + "server-id", ids.get(i).serverId())
                        .set(mapping + "backend", "s" + i);
            }
            return setup.start();
        }

        @Override
        public void close() {
            servers.forEach(QuicLbServer::close);
        }
    }
}
