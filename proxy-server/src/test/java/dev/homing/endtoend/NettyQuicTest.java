package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.demo.Move;
import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.nat.RebindingRelay;
import dev.homing.demo.server.PathEvent;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerConnection;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.ledger.SessionState;
import dev.homing.testkit.Eventually;
import dev.homing.testkit.Lanes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Netty's QUIC (quiche) on both sides of Homing.
@Tag("quic")
class NettyQuicTest {

    private static final int FIVE_MEGABYTES = 5 << 20;
    private static final int TIMEOUT_SECONDS = 60;

    /// Clients wait most of their lives.
    private static final int AT_A_TIME = 4;

    private static DemoCertificate certificate;

    private final List<QuicServer> servers = new ArrayList<>();

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = DemoCertificate.create();
    }

    @AfterEach
    void stopServers() {
        servers.forEach(QuicServer::close);
    }

    private QuicServer server(ServerOptions options) throws Exception {
        QuicServer server = QuicServer.start(options, certificate);
        servers.add(server);
        return server;
    }

    private static X509Certificate trusted() {
        return certificate.x509();
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private Homing.Setup withServers(Shape shape) {
        Homing.Setup setup = Homing.with().shape(shape);
        servers.forEach(server -> setup.backend(server.name(), server.address()));
        return setup;
    }

    private static QuicClient client(InetSocketAddress server) throws Exception {
        return QuicClient.open(ClientOptions.toward(server), trusted());
    }

    @ParameterizedTest
    @CsvSource({
        "DEDICATED_RECEIVERS, 127.0.0.1:0, 127.0.0.1",
        "DEDICATED_RECEIVERS, '[::1]:0', ::1",
        "RUN_TO_COMPLETION, 127.0.0.1:0, ::1",
        "RUN_TO_COMPLETION, '[::1]:0', 127.0.0.1",
    })
    void fiveMegabytesArriveIntact(Shape shape, String listen, String backend) throws Exception {
        server(
                ServerOptions.named("a")
                        .withAddress(new InetSocketAddress(InetAddress.ofLiteral(backend), 0)));
        try (Homing homing = withServers(shape).listen(listen).start();
                QuicClient client = client(homing.address())) {
            ClientConnection connection = await(client.connect(homing.address()));
            Transfer transfer = await(connection.get(FIVE_MEGABYTES, 42));
            assertTrue(transfer.isIntact(), transfer::toString);
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4, false",
        "8, false",
        "18, false",
        "20, false",
        "4, true",
        "8, true",
        "18, true",
        "20, true"
    })
    void serversMayHaveConnectionIdsOfAnyLengthWithAndWithoutRetry(int length, boolean retry)
            throws Exception {
        server(ServerOptions.named("a").withConnectionIdLength(length).withRetry(retry));
        server(ServerOptions.named("b").withConnectionIdLength(length).withRetry(retry));
        server(ServerOptions.named("c").withConnectionIdLength(length).withRetry(retry));
        try (Homing homing = withServers(Shape.RUN_TO_COMPLETION).start()) {
            for (int i = 0; i < 10; i++) {
                try (QuicClient client = client(homing.address())) {
                    ClientConnection connection = await(client.connect(homing.address()));
                    Transfer first = await(connection.get(100_000, i));
                    Transfer second = await(connection.get(100_000, i + 100));
                    assertTrue(first.isIntact() && second.isIntact(), () -> first + " " + second);
                    assertEquals(first.server(), second.server());
                }
            }
            homing.assertBooksBalance();
        }
    }

    @Test
    void aClientMayHaveNoConnectionIdOfItsOwn() throws Exception {
        server(ServerOptions.named("a"));
        server(ServerOptions.named("b"));
        try (Homing homing = withServers(Shape.DEDICATED_RECEIVERS).start()) {
            for (int i = 0; i < 5; i++) {
                try (QuicClient client =
                        QuicClient.open(
                                ClientOptions.toward(homing.address()).withConnectionIdLength(0),
                                trusted())) {
                    ClientConnection connection = await(client.connect(homing.address()));
                    assertTrue(await(connection.get(100_000, i)).isIntact());
                }
            }
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionsOfOneSocketMayBelongToDifferentBackends(Shape shape) throws Exception {
        server(ServerOptions.named("a"));
        server(ServerOptions.named("b"));
        server(ServerOptions.named("c"));
        try (Homing homing = withServers(shape).start();
                QuicClient client = client(homing.address())) {
            List<ClientConnection> connections = new ArrayList<>();
            Map<ClientConnection, String> homes = new HashMap<>();
            for (int i = 0; i < 12; i++) {
                ClientConnection connection = await(client.connect(homing.address()));
                connections.add(connection);
                homes.put(connection, await(connection.get(1000, i)).server());
            }
            assertTrue(
                    new HashSet<>(homes.values()).size() > 1,
                    () -> "all on one: " + homes.values());
            List<CompletableFuture<Transfer>> transfers = new ArrayList<>();
            for (int i = 0; i < connections.size(); i++) {
                transfers.add(connections.get(i).get(300_000, i));
            }
            for (int i = 0; i < connections.size(); i++) {
                Transfer transfer = await(transfers.get(i));
                assertTrue(transfer.isIntact(), transfer::toString);
                assertEquals(homes.get(connections.get(i)), transfer.server());
            }
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DEDICATED_RECEIVERS, 1, 1, 1",
        "RUN_TO_COMPLETION, 1, 1, 1",
        "RUN_TO_COMPLETION, 1, 2, 5"
    })
    void threeHundredConnectionsEachStayOnOneBackendInTheSharesOfMaglev(
            Shape shape, int a, int b, int c) throws Exception {
        int connectionCount = 300;
        int[] weights = {a, b, c};
        Homing.Setup setup = Homing.with().shape(shape);
        for (int i = 0; i < weights.length; i++) {
            QuicServer server = server(ServerOptions.named("s" + i));
            setup.backend("s" + i, server.address(), weights[i]);
        }
        try (Homing homing = setup.start();
                QuicClient one = client(homing.address());
                QuicClient two = client(homing.address());
                QuicClient three = client(homing.address())) {
            List<QuicClient> clients = List.of(one, two, three);
            Map<String, Integer> shares = new HashMap<>();
            for (int i = 0; i < connectionCount; i++) {
                ClientConnection connection = await(clients.get(i % 3).connect(homing.address()));
                Set<String> homes = new HashSet<>();
                for (int request = 0; request < 3; request++) {
                    Transfer transfer = await(connection.get(2000, i));
                    assertTrue(transfer.isIntact(), transfer::toString);
                    homes.add(transfer.server());
                }
                assertEquals(1, homes.size(), () -> "one connection on several backends: " + homes);
                shares.merge(homes.iterator().next(), 1, Integer::sum);
                connection.close();
            }
            long accepted =
                    servers.stream().mapToLong(server -> server.counts().connections()).sum();
            assertEquals(
                    connectionCount, accepted, "each connection was accepted once, by one backend");
            double all = a + b + c;
            for (int i = 0; i < weights.length; i++) {
                double expected = connectionCount * weights[i] / all;
                // Binomial: five standard deviations, so that chance fails one run in a million.
                double tolerance = 5 * Math.sqrt(expected * (1 - weights[i] / all));
                int got = shares.getOrDefault("s" + i, 0);
                assertTrue(
                        Math.abs(got - expected) <= tolerance,
                        "s%d has %d of %d, expected %.0f ± %.0f"
                                .formatted(i, got, connectionCount, expected, tolerance));
            }
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void twentyOfTwentyConnectionsSurviveANatRebinding(Shape shape) throws Exception {
        server(ServerOptions.named("a"));
        server(ServerOptions.named("b"));
        server(ServerOptions.named("c").withRetry(true));
        try (Homing homing = withServers(shape).start()) {
            Lanes.run(AT_A_TIME, 20, number -> survivesRebinding(homing, number));
            assertTrue(
                    homing.books().sessions(SessionState.ESTABLISHED) >= 40,
                    "a new address is a new session");
            homing.assertBooksBalance();
        }
    }

    private void survivesRebinding(Homing homing, int number) throws Exception {
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
                RebindingRelay relay = RebindingRelay.open(homing.address());
                QuicClient client = client(relay.address())) {
            ClientConnection connection = await(client.connect(relay.address()));
            Transfer before = await(connection.get(50_000, number));
            InetSocketAddress old = relay.outgoingAddress();
            InetAddress next = InetAddress.ofLiteral("127.0.0." + (2 + number));
            Transfer middle =
                    await(
                            connection.getWithBreak(
                                    500_000,
                                    number + 100L,
                                    received -> {},
                                    () ->
                                            new Move(connection, relay, timer)
                                                    .to(next, moved -> {})));
            assertNotEquals(old, relay.outgoingAddress());
            Transfer after = await(connection.get(50_000, number + 200L));
            assertTrue(
                    before.isIntact() && middle.isIntact() && after.isIntact(),
                    () -> before + " " + middle + " " + after);
            assertEquals(before.server(), middle.server());
            assertEquals(before.server(), after.server());
            QuicServer home =
                    servers.stream()
                            .filter(server -> server.name().equals(before.server()))
                            .findFirst()
                            .orElseThrow();
            ServerConnection seen = home.connection(connection.id()).orElseThrow();
            Eventually.holds(
                    () -> "the server saw no new path: " + seen.events(),
                    Eventually.DEADLINE,
                    () -> seen.count(PathEvent.Kind.VALIDATED) > 0);
        }
    }
}
