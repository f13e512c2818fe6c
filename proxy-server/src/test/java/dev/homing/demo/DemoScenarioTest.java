package dev.homing.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The demonstration's verdict, for balancers that are right and for those that are wrong.
@Tag("quic")
class DemoScenarioTest {
    private static final DemoPlan SMALL = new DemoPlan(8, 100_000, Duration.ofSeconds(15));
    private static final DemoPlan SHORT = new DemoPlan(4, 100_000, Duration.ofSeconds(2));

    private final List<QuicServer> servers = new ArrayList<>();
    private final List<DemoProgress> progress = new ArrayList<>();

    @BeforeEach
    void startServers() throws Exception {
        DemoCertificate certificate = DemoCertificate.create();
        SecureRandom random = new SecureRandom();
        for (String name : List.of("berlin", "lagos", "tokyo")) {
            byte number = (byte) servers.size();
            ServerOptions options =
                    ServerOptions.named(name)
                            .withConnectionIds(length -> {
                                byte[] id = new byte[length];
                                random.nextBytes(id);
                                id[0] = number;
                                return id;
                            });
            servers.add(QuicServer.start(options, certificate));
        }
    }

    @AfterEach
    void stopServers() {
        servers.forEach(QuicServer::close);
    }

    @Test
    void isContentWithOneServerAndNoBalancer() throws Exception {
        DemoResult result =
                DemoScenario.run(SMALL, servers.getFirst().address(), servers, progress::add);
        assertTrue(result.isOk(), () -> text(result));
        assertEquals(8, result.servers().getFirst().connections());
        assertEquals(4, result.servers().getFirst().newPaths());
        assertEquals(8 * SMALL.bytesPerClient(), progress.getLast().bytesReceived());
        assertEquals(new DemoProgress(8, 8, 8, 4, 2_400_000, 2_400_000), progress.getLast());
    }

    @Test
    void isContentWithABalancerThatFollowsConnectionIds() throws Exception {
        try (StandInBalancer balancer = new StandInBalancer(addresses(), byConnectionId(), false)) {
            DemoResult result = DemoScenario.run(SMALL, balancer.address(), servers, progress::add);
            assertTrue(result.isOk(), () -> text(result));
            assertEquals(
                    4,
                    result.connections().stream().filter(each -> each.movedTo() != null).count());
            assertEquals(8, result.servers().stream().mapToLong(DemoServer::connections).sum());
            assertTrue(
                    result.servers().stream().allMatch(server -> server.connections() >= 2),
                    () -> text(result));
        }
    }

    @Test
    void isNotContentWithABalancerThatFollowsAddresses() throws Exception {
        Map<InetSocketAddress, Integer> known = new HashMap<>();
        // The clients' first addresses go to one server, whatever comes later to another.
        StandInBalancer.Choice byAddress =
                (client, datagram) ->
                        known.computeIfAbsent(
                                client, any -> known.size() < SHORT.clients() ? 0 : 1);
        try (StandInBalancer balancer = new StandInBalancer(addresses(), byAddress, false)) {
            DemoResult result = DemoScenario.run(SHORT, balancer.address(), servers, progress::add);
            assertFalse(result.isOk());
            for (DemoConnection connection : result.connections()) {
                boolean moved = connection.movedTo() != null;
                assertEquals(connection.number() % 2 == 0, moved);
                String problem = moved ? "lost when its address changed" : "";
                assertEquals(problem, connection.problem(), () -> text(result));
            }
        }
    }

    @Test
    void isNotContentWhenServersAreNotShownTheNewAddress() throws Exception {
        try (StandInBalancer balancer = new StandInBalancer(addresses(), byConnectionId(), true)) {
            DemoResult result = DemoScenario.run(SHORT, balancer.address(), servers, progress::add);
            assertFalse(result.isOk());
            for (DemoConnection connection : result.connections()) {
                String problem =
                        connection.movedTo() == null
                                ? ""
                                : "the server was not shown the new address";
                assertEquals(problem, connection.problem(), () -> text(result));
            }
        }
    }

    @Test
    void endsInTimeWhenNobodyAnswers() throws Exception {
        InetSocketAddress gone;
        try (StandInBalancer balancer = new StandInBalancer(addresses(), byConnectionId(), false)) {
            gone = balancer.address();
        }
        DemoResult result = DemoScenario.run(SHORT, gone, servers, progress::add);
        assertFalse(result.isOk());
        assertTrue(result.durationNs() < Duration.ofSeconds(10).toNanos(), () -> text(result));
        assertEquals("not finished in time", result.connections().getFirst().problem());
    }

    /// The servers' connection IDs of 8 bytes begin with the server's number; Initials with others
    /// go round.
    private StandInBalancer.Choice byConnectionId() {
        Map<Long, Integer> starting = new HashMap<>();
        return (client, datagram) -> {
            boolean longHeader = datagram.get(0) < 0;
            int first = datagram.get(longHeader ? 6 : 1);
            // A Netty client's first connection ID has 20 bytes or so, never 8.
            if (!longHeader || datagram.get(5) == 8) {
                return first;
            }
            return starting.computeIfAbsent(
                    datagram.getLong(6), any -> starting.size() % servers.size());
        };
    }

    private List<InetSocketAddress> addresses() {
        return servers.stream().map(QuicServer::address).toList();
    }

    private static String text(DemoResult result) {
        return new DemoTable(Terminal.NONE).text(result);
    }
}
