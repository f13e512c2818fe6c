package dev.homing.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.ContainerConfig;
import dev.homing.demo.Move;
import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.nat.RebindingRelay;
import dev.homing.demo.server.PathEvent;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

/// The image serves QUIC, whichever way datagrams come to it, says that it is healthy, and ends as
/// it is told.
@Tag("container")
final class ContainerTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final long TRANSFER_BYTES = 300_000;
    private static final long PATIENCE_S = 30;

    /// Draining ends before this, once the client's sessions are forgotten.
    private static final String DRAIN = "--drain-timeout=60s";

    private static final String FORGET = "--set=sessions.idle-timeout=10s";

    private static ImageFromDockerfile image;

    @BeforeAll
    static void buildImage() throws IOException {
        Engine.require();
        image = Image.build();
        image.get();
    }

    @Test
    void servesQuicThroughAPublishedPortFollowsAClientAndDrainsOnTerm() throws Exception {
        try (QuicServer amber = server("amber", Engine.gateway());
                QuicServer birch = server("birch", Engine.gateway());
                ConfinedHoming homing =
                        ConfinedHoming.published(
                                image, backend(amber), backend(birch), DRAIN, FORGET)) {
            follow(homing, homing.address(), amber, birch);
        }
    }

    @Test
    void servesQuicWithTheMachinesOwnNetworkFollowsAClientAndDrainsOnTerm() throws Exception {
        InetSocketAddress listen = new InetSocketAddress(LOOPBACK, freeUdpPort());
        try (QuicServer amber = server("amber", LOOPBACK);
                QuicServer birch = server("birch", LOOPBACK);
                ConfinedHoming homing =
                        ConfinedHoming.onThisMachine(
                                image,
                                listen,
                                new InetSocketAddress(LOOPBACK, freeTcpPort()),
                                backend(amber),
                                backend(birch),
                                DRAIN,
                                FORGET)) {
            follow(homing, listen, amber, birch);
        }
    }

    /// A client gets bytes, gets a new address meanwhile, and gets more after TERM.
    private static void follow(
            ConfinedHoming homing, InetSocketAddress listen, QuicServer... servers)
            throws Exception {
        try (RebindingRelay nat = RebindingRelay.open(listen);
                QuicClient client =
                        QuicClient.open(
                                ClientOptions.toward(listen),
                                servers[0].certificate().x509(),
                                servers[1].certificate().x509());
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            ClientConnection connection =
                    client.connect(nat.address()).get(PATIENCE_S, TimeUnit.SECONDS);
            Transfer before = get(connection, 1);
            Transfer during =
                    connection
                            .getWithBreak(
                                    TRANSFER_BYTES,
                                    2,
                                    received -> {},
                                    () ->
                                            new Move(connection, nat, timer)
                                                    .to(
                                                            nat.outgoingAddress().getAddress(),
                                                            moved -> {}))
                            .get(PATIENCE_S, TimeUnit.SECONDS);
            assertTrue(during.isIntact());
            assertEquals(before.server(), during.server());
            Eventually.holds(
                    "no server saw the client at another address",
                    () -> validatedPaths(connection, servers) > 0);

            CompletableFuture<String> doctor =
                    CompletableFuture.supplyAsync(
                            () -> homing.ask("homing", "doctor", "--interval=1s"));
            while (!doctor.isDone()) {
                get(connection, 3);
            }
            // What it finds is the machine's affair: here it is to look.
            assertTrue(doctor.get().contains("Socket "), doctor.get());

            homing.signal("TERM");
            Eventually.holds("no word of draining", () -> homing.log().contains("draining"));
            assertEquals(before.server(), get(connection, 4).server());
        }
        assertEquals(0, homing.exitCode(), homing::log);
        assertTrue(homing.log().contains("stopped"), homing.log());
        assertFalse(homing.log().contains("drain-timeout"), homing.log());
    }

    private static long validatedPaths(ClientConnection connection, QuicServer... servers) {
        return List.of(servers).stream()
                .flatMap(server -> server.connection(connection.id()).stream())
                .mapToLong(seen -> seen.count(PathEvent.Kind.VALIDATED))
                .sum();
    }

    private static Transfer get(ClientConnection connection, long seed) throws Exception {
        Transfer transfer = connection.get(TRANSFER_BYTES, seed).get(PATIENCE_S, TimeUnit.SECONDS);
        assertTrue(transfer.isIntact());
        return transfer;
    }

    @Test
    void saysWhatItIsAndWhoRunsIt() {
        ContainerConfig config =
                DockerClientFactory.lazyClient().inspectImageCmd(image.get()).exec().getConfig();

        assertEquals("65532:65532", config.getUser());
        assertEquals(List.of("/opt/homing/healthy"), tail(config.getHealthcheck().getTest()));
        assertEquals("Apache-2.0", config.getLabels().get("org.opencontainers.image.licenses"));
    }

    private static List<String> tail(List<String> test) {
        return test.subList(1, test.size());
    }

    private static QuicServer server(String name, InetAddress address) throws IOException {
        return QuicServer.start(
                ServerOptions.named(name).withAddress(new InetSocketAddress(address, 0)),
                DemoCertificate.create());
    }

    private static String backend(QuicServer server) {
        return "--backend=%s=%s:%d"
                .formatted(
                        server.name(),
                        server.address().getAddress().getHostAddress(),
                        server.address().getPort());
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}
