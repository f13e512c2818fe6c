package dev.homing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.value.IpText;
import dev.homing.control.reload.ReloadResult;
import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.demo.wire.Loops;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import dev.homing.route.Backend;
import dev.homing.testkit.Eventually;
import dev.homing.testkit.Lanes;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real QUIC connections while everything changes that may change.
@Tag("quic")
class LiveChangesTest {

    private static final int CONNECTIONS = 200;
    private static final int RELOADS = 50;
    private static final int BYTES = 3_000;

    /// Between two transfers of a connection: all of them together are to load the machine, and not
    /// to overload it, for what the kernel drops then is no matter of changes.
    private static final long PAUSE_MS = 1000;

    private static final int TIMEOUT_SECONDS = 60;
    private static final Executor PAUSE =
            CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS);

    @TempDir private Path folder;

    private final List<QuicServer> servers = new ArrayList<>();
    private final DemoCertificate certificate = DemoCertificate.create();
    private final EventLoopGroup loops = Loops.open("clients", 1);
    private final List<QuicClient> clients = new ArrayList<>();
    private final AtomicLong transfers = new AtomicLong();

    /// What went wrong, by connection.
    private final Map<ClientConnection, Throwable> failures = new ConcurrentHashMap<>();

    private final Map<ClientConnection, String> homes = new ConcurrentHashMap<>();

    @AfterEach
    void close() throws Exception {
        // Each waits a while for its server's last word.
        Lanes.run(16, clients.size(), number -> clients.get(number).close());
        Loops.close(loops);
        servers.forEach(QuicServer::close);
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /// @param listed the servers that are listed, by their places
    private String yaml(int weight, int... listed) {
        StringBuilder backends = new StringBuilder();
        for (int i : listed) {
            backends.append(
                    "{name: %s, address: \"%s\", weight: %d},"
                            .formatted(
                                    servers.get(i).name(),
                                    IpText.print(servers.get(i).address()),
                                    i == 0 ? weight : 1));
        }
        return "sessions: {idle-timeout: 10s}\nreload: {watch: false}\npools: {web: {backends: ["
                + backends
                + "]}}\n";
    }

    private ClientConnection connect(RunningService homing, int number) throws Exception {
        QuicClient client =
                QuicClient.open(
                        loops,
                        ClientOptions.toward(homing.address()).withTimeouts(30_000, 60_000),
                        certificate.x509());
        clients.add(client);
        ClientConnection connection = await(client.connect(homing.address()));
        Transfer first = await(connection.get(1000, number));
        assertTrue(first.isIntact(), first::toString);
        homes.put(connection, first.server());
        return connection;
    }

    /// Asks for more and more on a connection, until it is told to end or fails.
    private CompletableFuture<Void> keepBusy(
            ClientConnection connection, Map<ClientConnection, Boolean> ended) {
        if (ended.containsKey(connection)) {
            return CompletableFuture.completedFuture(null);
        }
        return connection
                .echo(BYTES, transfers.incrementAndGet())
                .thenCompose(transfer -> {
                    if (!transfer.isIntact()) {
                        throw new IllegalStateException(transfer.toString());
                    }
                    return CompletableFuture.supplyAsync(() -> transfer, PAUSE);
                })
                .thenCompose(transfer -> keepBusy(connection, ended))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        failures.putIfAbsent(connection, failure);
                    }
                });
    }

    @Test
    void twoHundredConnectionsNoticeNothingOfFiftyReloadsAndADrain() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            servers.add(QuicServer.start(ServerOptions.named(name), certificate));
        }
        try (RunningService homing = new RunningService(folder, yaml(1, 0, 1, 2))) {
            Map<ClientConnection, Boolean> ended = new ConcurrentHashMap<>();
            Map<ClientConnection, CompletableFuture<Void>> busy = new HashMap<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                // Busy from the beginning: sessions here live no longer than they are used.
                ClientConnection one = connect(homing, i);
                busy.put(one, keepBusy(one, ended));
            }
            long before = transfers.get();

            for (int i = 0; i < RELOADS; i++) {
                // d comes and goes, b goes and comes, and weights change.
                String next =
                        switch (i % 4) {
                            case 0 -> yaml(1 + i, 0, 1, 2, 3);
                            case 1 -> yaml(1 + i, 0, 2, 3);
                            case 2 -> yaml(1 + i, 0, 1, 2);
                            default -> yaml(1 + i, 0, 1, 2, 3);
                        };
                assertInstanceOf(ReloadResult.Applied.class, homing.reload(next));
                if (i % 5 == 0) {
                    ClientConnection late = connect(homing, CONNECTIONS + i);
                    busy.put(late, keepBusy(late, ended));
                }
                if (i == RELOADS / 2) {
                    assertEquals(200, homing.post("/backends/c/drain").statusCode());
                }
            }
            Eventually.holds(
                    "everybody goes on transferring", () -> transfers.get() - before > CONNECTIONS);

            // The clients of c end by and by; nobody new comes.
            long toDrained = homes.values().stream().filter("c"::equals).count();
            assertTrue(toDrained > 0, "nobody was on c");
            for (int i = 0; i < 20; i++) {
                ClientConnection late = connect(homing, 2 * CONNECTIONS + i);
                assertTrue(!homes.get(late).equals("c"), "a new connection to a drained backend");
                busy.put(late, keepBusy(late, ended));
            }
            assertTrue(sessionsOf(homing, "c") >= 1, "the drained one still has sessions");
            List<ClientConnection> leaving =
                    homes.keySet().stream().filter(one -> homes.get(one).equals("c")).toList();
            leaving.forEach(one -> ended.put(one, true));
            for (ClientConnection one : leaving) {
                await(busy.remove(one));
                one.close();
            }
            Eventually.holds(
                    () -> "sessions left on c: " + sessionsOf(homing, "c"),
                    Duration.ofSeconds(60),
                    () -> sessionsOf(homing, "c") == 0);

            busy.keySet().forEach(one -> ended.put(one, true));
            for (CompletableFuture<Void> one : busy.values()) {
                await(one);
            }
            assertEquals(Map.of(), failures);
            assertEquals(0, dropped(homing), () -> account(homing));
            assertTrue(homing.proxy().books().sessions(SessionState.ESTABLISHED) > 0);
        }
    }

    private static long sessionsOf(RunningService homing, String name) {
        return homing.proxy().routing().backends().stream()
                .filter(backend -> backend.name().equals(name))
                .mapToLong(
                        (Backend backend) -> homing.proxy().books().backendSessions(backend.id()))
                .sum();
    }

    private static long dropped(RunningService homing) {
        return homing.proxy().books().dropped(Side.CLIENT)
                + homing.proxy().books().dropped(Side.BACKEND);
    }

    private static String account(RunningService homing) {
        StringBuilder text = new StringBuilder();
        for (Side side : Side.values()) {
            for (DropReason reason : DropReason.values()) {
                long count = homing.proxy().books().dropped(side, reason);
                text.append(count > 0 ? side + " " + reason + " " + count + "\n" : "");
            }
        }
        return text.toString();
    }
}
