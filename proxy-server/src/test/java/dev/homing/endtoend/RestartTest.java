package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.value.IpText;
import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.server.PathEvent;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerConnection;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.demo.wire.Loops;
import dev.homing.peers.HomingProcess;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Homing is killed under load and started again on its port. Its clients keep their addresses;
/// what the servers see of them is another address of Homing's.
@Tag("quic")
class RestartTest {

    private static final int SERVERS = 3;
    private static final int CONNECTIONS = 12;
    private static final int BULK = 2;
    private static final int BULK_OCTETS = 50_000_000;
    private static final long TIMEOUT_SECONDS = 30;
    private static final long LOST_SECONDS = 5;
    private static final NamingServers NAMING = NamingServers.FOUR_PASS;

    private static final String LEARNED = "    cid-scheme: learned\n";

    /// Both what a new connection and what an unknown connection ID is sent by.
    private static final String BY_ADDRESS = LEARNED + "    balance: flow\n";

    @TempDir Path folder;

    /// A connection that has nothing on its way when Homing is killed, and who it is with.
    private record Talk(ClientConnection connection, String server) {}

    @Test
    void withASchemeEveryConnectionGoesOnAndItsServerSeesARebinding() throws Exception {
        try (Scene scene = new Scene(NAMING)) {
            List<Talk> talks = scene.restart(folder, naming());
            for (Talk talk : talks) {
                Transfer after = get(talk).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                assertTrue(after.isIntact(), after::toString);
                assertEquals(talk.server(), after.server());
                ServerConnection seen = scene.seen(talk);
                assertTrue(seen.count(PathEvent.Kind.NEW) > 0, () -> "moved: " + seen.events());
            }
        }
    }

    @Test
    void withoutASchemeThoseAreLostWhoseConnectionIdsHashToAnotherServer() throws Exception {
        try (Scene scene = new Scene(null)) {
            List<Talk> lost = lost(scene.restart(folder, LEARNED), LOST_SECONDS);
            // Each has one chance in three.
            assertNotEquals(List.of(), lost, "nobody is lost, with " + SERVERS + " servers");
            for (Talk talk : lost) {
                assertEquals(0, scene.seen(talk).count(PathEvent.Kind.NEW), "its server saw it");
            }
        }
    }

    @Test
    void withoutASchemeThoseThatAreHashedByTheirAddressGoOnWhileTheyKeepIt() throws Exception {
        try (Scene scene = new Scene(null)) {
            assertEquals(List.of(), lost(scene.restart(folder, BY_ADDRESS), TIMEOUT_SECONDS));
        }
    }

    /// Those that get no answer in time. All others must get it from their own server.
    private static List<Talk> lost(List<Talk> talks, long seconds) throws InterruptedException {
        List<CompletableFuture<Transfer>> transfers = talks.stream().map(RestartTest::get).toList();
        List<Talk> lost = new ArrayList<>();
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; i < talks.size(); i++) {
            try {
                long leftNanos = Math.max(1, endNanos - System.nanoTime());
                Transfer after = transfers.get(i).get(leftNanos, TimeUnit.NANOSECONDS);
                assertTrue(after.isIntact(), after::toString);
                assertEquals(talks.get(i).server(), after.server());
            } catch (TimeoutException | ExecutionException e) {
                lost.add(talks.get(i));
            }
        }
        return lost;
    }

    private static CompletableFuture<Transfer> get(Talk talk) {
        return talk.connection().get(1_000, 7);
    }

    private static String naming() {
        StringBuilder yaml =
                new StringBuilder(
                        """
                            cid-scheme: quic-lb
                            cid-configs:
                              - config-rotation-bits: 6
                                server-id-length: 5
                                nonce-length: 10
                                cid-key: 8f95f09245765f80256934e50c66207f
                            server-id-mappings:
                        """);
        for (int i = 0; i < SERVERS; i++) {
            yaml.append(
                    "      - {server-id: \"%s\", backend: s%d}%n"
                            .formatted(HexFormat.of().formatHex(NAMING.serverId(i)), i));
        }
        return yaml.toString();
    }

    /// Servers and clients.
    private static final class Scene implements AutoCloseable {

        private final DemoCertificate certificate = DemoCertificate.create();
        private final List<QuicServer> servers = new ArrayList<>();
        private final List<QuicClient> clients = new ArrayList<>();
        private final EventLoopGroup loops = Loops.open("client", 1);
        private @Nullable HomingProcess second;

        /// @param naming null for connection IDs that say nothing
        Scene(@Nullable NamingServers naming) throws IOException {
            for (int i = 0; i < SERVERS; i++) {
                ServerOptions options = ServerOptions.named("s" + i);
                servers.add(
                        QuicServer.start(
                                naming == null ? options : naming.issue(options, i), certificate));
            }
        }

        /// Connects, has some connections transfer as much as goes through, kills Homing, and
        /// starts it again.
        List<Talk> restart(Path folder, String scheme) throws Exception {
            List<Talk> talks = new ArrayList<>();
            HomingProcess first = HomingProcess.start(folder, "first", yaml(0, scheme));
            InetSocketAddress address = first.address();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    talks.add(talk(address));
                }
                for (int i = 0; i < BULK; i++) {
                    CompletableFuture<Void> flows = new CompletableFuture<>();
                    talk(address)
                            .connection()
                            .get(BULK_OCTETS, i, soFar -> flows.complete(null))
                            .whenComplete((done, failure) -> flows.complete(null));
                    flows.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                }
            } finally {
                first.kill();
                first.close();
            }
            second = HomingProcess.start(folder, "second", yaml(address.getPort(), scheme));
            return talks;
        }

        private Talk talk(InetSocketAddress homing) throws Exception {
            QuicClient client =
                    QuicClient.open(
                            loops,
                            ClientOptions.toward(homing).withTimeouts(30_000, 60_000),
                            certificate.x509());
            clients.add(client);
            ClientConnection connection =
                    client.connect(homing).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            Transfer before = connection.get(1_000, 1).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return new Talk(connection, before.server());
        }

        ServerConnection seen(Talk talk) {
            return servers.stream()
                    .filter(server -> server.name().equals(talk.server()))
                    .findFirst()
                    .flatMap(server -> server.connection(talk.connection().id()))
                    .orElseThrow();
        }

        private String yaml(int port, String scheme) {
            StringBuilder yaml =
                    new StringBuilder(
                            """
                            listeners:
                              - address: 127.0.0.1:%d
                            admin: {address: "off"}
                            log: {format: json}
                            hash-key: 00112233445566778899aabbccddeeff
                            pools:
                              web:
                            """
                                    .formatted(port));
            yaml.append(scheme).append("    backends:\n");
            for (QuicServer server : servers) {
                yaml.append(
                        "      - {name: %s, address: \"%s\"}%n"
                                .formatted(server.name(), IpText.print(server.address())));
            }
            return yaml.toString();
        }

        @Override
        public void close() {
            if (second != null) {
                second.close();
            }
            // Each waits for its goodbye to be sent, and some have lost their way.
            clients.parallelStream().forEach(QuicClient::close);
            servers.forEach(QuicServer::close);
            Loops.close(loops);
        }
    }
}
