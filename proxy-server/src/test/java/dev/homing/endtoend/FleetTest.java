package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.value.IpText;
import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.nat.RebindingRelay;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.peers.HomingProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several Homings in processes of their own, with the same configuration and nothing shared.
@Tag("quic")
class FleetTest {

    private static final int CONNECTIONS = 20;
    private static final long TIMEOUT_SECONDS = 20;
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final NamingServers NAMING = NamingServers.FOUR_PASS;

    private static DemoCertificate certificate;
    private static final List<QuicServer> servers = new ArrayList<>();

    @TempDir Path folder;

    @BeforeAll
    static void startServers() throws IOException {
        certificate = DemoCertificate.create();
        for (int i = 0; i < 3; i++) {
            ServerOptions options = ServerOptions.named("s" + i);
            servers.add(QuicServer.start(NAMING.issue(options, i), certificate));
        }
    }

    @AfterAll
    static void stopServers() {
        servers.forEach(QuicServer::close);
    }

    @Test
    void aConnectionGoesOnThroughAnotherInstance() throws Exception {
        try (HomingProcess one = HomingProcess.start(folder, "one", yaml());
                HomingProcess two = HomingProcess.start(folder, "two", yaml())) {
            for (int i = 0; i < CONNECTIONS; i++) {
                try (Traveller traveller = new Traveller(one.address())) {
                    traveller.get(i);
                    traveller.reroute(two.address(), 2 + i);
                    traveller.get(100 + i);
                    traveller.reroute(one.address(), 102 + i);
                    traveller.get(200 + i);
                }
            }
        }
    }

    @Test
    void aConnectionSurvivesThatItsInstanceIsKilledAndStartedAgain() throws Exception {
        List<Traveller> travellers = new ArrayList<>();
        HomingProcess one = HomingProcess.start(folder, "one", yaml());
        try (HomingProcess two = HomingProcess.start(folder, "two", yaml())) {
            for (int i = 0; i < CONNECTIONS; i++) {
                travellers.add(new Traveller(one.address()));
                travellers.getLast().get(i);
            }
            one.kill();
            for (int i = 0; i < CONNECTIONS; i++) {
                travellers.get(i).reroute(two.address(), 2 + i);
                travellers.get(i).get(100 + i);
            }
            try (HomingProcess again = HomingProcess.start(folder, "again", yaml())) {
                for (int i = 0; i < CONNECTIONS; i++) {
                    travellers.get(i).reroute(again.address(), 102 + i);
                    travellers.get(i).get(200 + i);
                }
            }
        } finally {
            one.close();
            travellers.forEach(Traveller::close);
        }
    }

    @Test
    void serversMoveToAnotherConfigurationOnHangUpWhileConnectionsLive() throws Exception {
        String before = yaml();
        String both =
                before.replace("    server-id-mappings:", nextConfig() + "    server-id-mappings:");
        String after = both.replace(config(), "");
        try (HomingProcess homing = HomingProcess.start(folder, "homing", before);
                Traveller traveller = new Traveller(homing.address())) {
            traveller.get(1);
            homing.reload(both, "reloaded");
            traveller.get(2);
            traveller.reroute(homing.address(), 77);
            traveller.get(3);
            homing.reload(after, "reloaded");
            traveller.get(4);
            homing.reload(after.replace("backend: s1", "backend: s9"), "reload-refused");
            homing.reload(after + "queues: {capacity: 64}\n", "reload-refused");
            traveller.get(5);
            assertTrue(homing.log().contains("there is no backend"), homing::toString);
            assertTrue(homing.log().contains("\"queues\""), homing::toString);
        }
    }

    private static String yaml() {
        StringBuilder yaml =
                new StringBuilder(
                        """
                        listeners:
                          - address: 127.0.0.1:0
                        admin: {address: "off"}
                        log: {format: json}
                        pools:
                          web:
                            cid-scheme: quic-lb
                            cid-configs:
                        """);
        yaml.append(config());
        yaml.append("    server-id-mappings:\n");
        for (int i = 0; i < 3; i++) {
            yaml.append(
                    "      - {server-id: \"%s\", backend: s%d}%n"
                            .formatted(HexFormat.of().formatHex(NAMING.serverId(i)), i));
        }
        yaml.append("    backends:\n");
        for (QuicServer server : servers) {
            yaml.append(
                    "      - {name: %s, address: \"%s\"}%n"
                            .formatted(server.name(), IpText.print(server.address())));
        }
        return yaml.toString();
    }

    private static String config() {
        return """
              - config-rotation-bits: 6
                server-id-length: 5
                nonce-length: 10
                cid-key: 8f95f09245765f80256934e50c66207f
        """;
    }

    private static String nextConfig() {
        return config().replace("bits: 6", "bits: 0")
                .replace("nonce-length: 10", "nonce-length: 11")
                .replace("8f95", "1234");
    }

    /// A client that others see behind one address after the other, and that says which server it
    /// talks to.
    private static final class Traveller implements AutoCloseable {

        private final RebindingRelay relay;
        private final QuicClient client;
        private final ClientConnection connection;
        private String home = "";

        Traveller(InetSocketAddress homing) throws Exception {
            relay = RebindingRelay.open(homing);
            client = QuicClient.open(ClientOptions.toward(homing), certificate.x509());
            connection = client.connect(relay.address()).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }

        void get(long seed) throws Exception {
            Transfer transfer = connection.get(20_000, seed).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertTrue(transfer.isIntact(), transfer::toString);
            home = home.isEmpty() ? transfer.server() : home;
            assertEquals(home, transfer.server());
        }

        void reroute(InetSocketAddress homing, int lastOctet) throws Exception {
            InetSocketAddress old = relay.outgoingAddress();
            relay.reroute(homing, InetAddress.ofLiteral("127.0.0." + lastOctet), LINGER)
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertNotEquals(old, relay.outgoingAddress());
            // A whole datagram, so that the server may answer with one (RFC 9000 section 8.1).
            connection.beat().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            client.close();
            relay.close();
        }
    }
}
