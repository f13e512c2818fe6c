package dev.homing.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.EarlyTransfer;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.nat.RebindingRelay;
import dev.homing.demo.server.PathEvent;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerConnection;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.demo.wire.SeededBytes;
import dev.homing.testkit.Eventually;
import io.netty.handler.codec.quic.SslSessionTicketKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The demo's QUIC client against its server, with nothing or only a NAT in between.
@Tag("quic")
class QuicPeersTest {
    private static final long SEED = 20261120;
    private static final Duration LINGER = Duration.ofSeconds(1);

    private static DemoCertificate certificate;

    @BeforeAll
    static void makeCertificate() {
        certificate = DemoCertificate.create();
    }

    @Test
    void transfersEveryByteAndNamesTheServer() throws Exception {
        try (QuicServer server = QuicServer.start(ServerOptions.named("berlin"), certificate);
                QuicClient client = client(server)) {
            ClientConnection connection = wait(client.connect(server.address()));
            Transfer small = wait(connection.get(0, SEED));
            Transfer large = wait(connection.get(3_000_001, SEED));
            assertEquals("berlin", large.server());
            assertTrue(small.isIntact(), small::toString);
            assertTrue(large.isIntact(), large::toString);
            assertEquals(3_000_001, server.counts().bytesSent());
            assertEquals(2, server.counts().transfers());
            assertEquals(
                    client.address(), server.connection(connection.id()).orElseThrow().firstPeer());
        }
    }

    @Test
    void echoesWhatItIsSent() throws Exception {
        byte[] sent = new byte[700_000];
        new SeededBytes(SEED).fill(sent);
        try (QuicServer server = QuicServer.start(ServerOptions.named("berlin"), certificate);
                QuicClient client = client(server)) {
            ClientConnection connection = wait(client.connect(server.address()));
            assertArrayEquals(sent, wait(connection.echo(sent)));
            assertArrayEquals(new byte[0], wait(connection.echo(new byte[0])));
        }
    }

    @Test
    void comparesWhatIsEchoedAsItComes() throws Exception {
        try (QuicServer server = QuicServer.start(ServerOptions.named("berlin"), certificate);
                QuicClient client = client(server)) {
            ClientConnection connection = wait(client.connect(server.address()));
            for (long length : new long[] {1, 100, 1_000_001}) {
                Transfer echo = wait(connection.echo(length, SEED));
                assertTrue(echo.isIntact(), echo::toString);
                assertEquals(length, echo.bytesReceived());
            }
            connection.close();
            assertThrows(ExecutionException.class, () -> wait(connection.echo(1, SEED)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 18, 20})
    void givesConnectionIdsOfTheLengthAskedFor(int length) throws Exception {
        for (boolean retry : new boolean[] {false, true}) {
            ServerOptions options =
                    ServerOptions.named("berlin").withConnectionIdLength(length).withRetry(retry);
            try (QuicServer server = QuicServer.start(options, certificate);
                    QuicClient client = client(server)) {
                ClientConnection connection = wait(client.connect(server.address()));
                assertEquals(2 * length, connection.id().length());
                assertTrue(wait(connection.get(100_000, SEED)).isIntact());
            }
        }
    }

    @Test
    void usesTheConnectionIdsItIsGiven() throws Exception {
        byte[] serverId = {0x27, 0x0a, 0x0b};
        ServerOptions options =
                ServerOptions.named("berlin")
                        .withConnectionIds(length -> {
                            byte[] id = new byte[length];
                            new SeededBytes(System.nanoTime()).fill(id);
                            System.arraycopy(serverId, 0, id, 0, serverId.length);
                            return id;
                        });
        try (QuicServer server = QuicServer.start(options, certificate);
                QuicClient client = client(server)) {
            ClientConnection connection = wait(client.connect(server.address()));
            assertTrue(connection.id().startsWith("270a0b"), connection.id());
        }
    }

    @Test
    void carriesSeveralConnectionsOnOneSocket() throws Exception {
        try (QuicServer berlin = QuicServer.start(ServerOptions.named("berlin"), certificate);
                QuicServer tokyo = QuicServer.start(ServerOptions.named("tokyo"), certificate);
                QuicClient client = client(berlin)) {
            List<CompletableFuture<Transfer>> transfers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                long seed = SEED + i;
                transfers.add(
                        client.connect((i % 2 == 0 ? berlin : tokyo).address())
                                .thenCompose(connection -> connection.get(50_000, seed)));
            }
            Set<String> names = new HashSet<>();
            for (CompletableFuture<Transfer> transfer : transfers) {
                assertTrue(wait(transfer).isIntact());
                names.add(wait(transfer).server());
            }
            assertEquals(Set.of("berlin", "tokyo"), names);
            for (QuicServer server : List.of(berlin, tokyo)) {
                assertEquals(5, server.connections().size());
                for (ServerConnection connection : server.connections()) {
                    assertEquals(client.address(), connection.firstPeer());
                }
            }
        }
    }

    @Test
    void clientCanDoWithoutConnectionIdsOnceOnASocket() throws Exception {
        try (QuicServer server = QuicServer.start(ServerOptions.named("berlin"), certificate);
                QuicClient client =
                        QuicClient.open(
                                ClientOptions.toward(server.address()).withConnectionIdLength(0),
                                certificate.x509())) {
            ClientConnection connection = wait(client.connect(server.address()));
            assertTrue(wait(connection.get(100_000, SEED)).isIntact());
            assertThrows(ExecutionException.class, () -> wait(client.connect(server.address())));
        }
    }

    @Test
    void clientSendsFromTheAddressItIsGiven() throws Exception {
        try (QuicServer server = QuicServer.start(ServerOptions.named("berlin"), certificate);
                QuicClient client =
                        QuicClient.open(
                                ClientOptions.toward(server.address())
                                        .withLocalAddress(
                                                new InetSocketAddress(
                                                        InetAddress.ofLiteral("127.9.8.7"), 0)),
                                certificate.x509())) {
            ClientConnection connection = wait(client.connect(server.address()));
            InetSocketAddress seen = server.connection(connection.id()).orElseThrow().firstPeer();
            assertEquals("127.9.8.7", seen.getAddress().getHostAddress());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void survivesRebindingInMidTransfer(String address) throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral(address), 0);
        for (boolean retry : new boolean[] {false, true}) {
            ServerOptions options = ServerOptions.named("berlin").withAddress(any).withRetry(retry);
            try (QuicServer server = QuicServer.start(options, certificate);
                    RebindingRelay relay = RebindingRelay.open(server.address());
                    QuicClient client = client(server)) {
                ClientConnection connection = wait(client.connect(relay.address()));
                InetSocketAddress before = relay.outgoingAddress();
                CompletableFuture<InetSocketAddress> moved = new CompletableFuture<>();
                Transfer transfer =
                        wait(
                                connection.getWithBreak(
                                        1_000_000,
                                        SEED,
                                        received -> {},
                                        () ->
                                                relay.rebind(before.getAddress(), LINGER)
                                                        .thenAccept(moved::complete)
                                                        .thenCompose(done -> connection.beat())));
                assertTrue(transfer.isIntact(), transfer::toString);
                InetSocketAddress after = wait(moved);
                assertFalse(before.equals(after));
                ServerConnection seen = server.connection(connection.id()).orElseThrow();
                assertEquals(before, seen.firstPeer());
                Eventually.holds(
                        "validated " + after, () -> seen.count(PathEvent.Kind.VALIDATED) > 0);
                // The whole address: this fails when Netty stops swapping the bytes of the port.
                assertTrue(
                        seen.events().contains(new PathEvent(PathEvent.Kind.NEW, after)),
                        () -> after + " in " + seen.events());
                assertTrue(
                        seen.events().contains(new PathEvent(PathEvent.Kind.MIGRATED, after)),
                        () -> after + " in " + seen.events());
                assertEquals(0, relay.dropped());
            }
        }
    }

    @Test
    void survivesManyRebindingsToOtherAddresses() throws Exception {
        try (QuicServer server = QuicServer.start(ServerOptions.named("berlin"), certificate);
                RebindingRelay relay = RebindingRelay.open(server.address());
                QuicClient client = client(server)) {
            ClientConnection connection = wait(client.connect(relay.address()));
            for (int i = 1; i <= 10; i++) {
                wait(relay.rebind(InetAddress.ofLiteral("127.0.3." + i), Duration.ZERO));
                wait(connection.beat());
                Transfer transfer = wait(connection.get(200_000, SEED + i));
                assertTrue(transfer.isIntact(), transfer::toString);
            }
            ServerConnection seen = server.connection(connection.id()).orElseThrow();
            Eventually.holds("ten new paths", () -> seen.count(PathEvent.Kind.NEW) == 10);
        }
    }

    @Test
    void sendsEarlyDataOnceItHasASession() throws Exception {
        SslSessionTicketKey key = new SslSessionTicketKey(new byte[16], new byte[16], new byte[16]);
        ServerOptions berlin = ServerOptions.named("berlin").withTicketKey(key);
        try (QuicServer server = QuicServer.start(berlin, certificate);
                QuicClient client = client(server)) {
            EarlyTransfer full = wait(client.connectAndGet(server.address(), 10_000, SEED));
            assertTrue(full.transfer().isIntact());
            assertFalse(full.sentEarly());
            EarlyTransfer early = wait(client.connectAndGet(server.address(), 10_000, SEED));
            assertTrue(early.transfer().isIntact());
            assertTrue(early.sentEarly());
        }
    }

    @Test
    void earlyDataThatAnotherServerCannotReadIsSentAgain() throws Exception {
        InetSocketAddress any = ServerOptions.named("berlin").address();
        try (QuicClient client = QuicClient.open(ClientOptions.toward(any), certificate.x509())) {
            InetSocketAddress address;
            try (QuicServer berlin = QuicServer.start(ServerOptions.named("berlin"), certificate)) {
                address = berlin.address();
                wait(client.connectAndGet(address, 10_000, SEED));
            }
            ServerOptions tokyo = ServerOptions.named("tokyo").withAddress(address);
            try (QuicServer server = QuicServer.start(tokyo, certificate)) {
                EarlyTransfer early = wait(client.connectAndGet(server.address(), 10_000, SEED));
                assertTrue(early.sentEarly());
                assertTrue(early.transfer().isIntact());
                assertEquals("tokyo", early.transfer().server());
            }
        }
    }

    @Test
    void failsWhenNobodyListens() throws Exception {
        InetSocketAddress gone;
        try (QuicServer server = QuicServer.start(ServerOptions.named("berlin"), certificate)) {
            gone = server.address();
        }
        try (QuicClient client =
                QuicClient.open(
                        ClientOptions.toward(gone).withTimeouts(300, 300), certificate.x509())) {
            assertThrows(ExecutionException.class, () -> wait(client.connect(gone)));
        }
    }

    @Test
    void doesNotBelieveAnotherCertificate() throws Exception {
        try (QuicServer server = QuicServer.start(ServerOptions.named("berlin"), certificate);
                QuicClient client =
                        QuicClient.open(
                                ClientOptions.toward(server.address()),
                                DemoCertificate.create().x509())) {
            assertThrows(ExecutionException.class, () -> wait(client.connect(server.address())));
        }
    }

    private static QuicClient client(QuicServer server) throws Exception {
        return QuicClient.open(ClientOptions.toward(server.address()), certificate.x509());
    }

    private static <T> T wait(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
