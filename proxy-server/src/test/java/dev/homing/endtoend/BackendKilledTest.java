package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.peers.QuicLbServer;
import dev.homing.peers.QuicLbServer.Stack;
import dev.homing.peers.Site;
import dev.homing.route.BackendState;
import dev.homing.route.PoolMember;
import dev.homing.testkit.Eventually;
import dev.homing.testkit.FixedPort;
import dev.homing.testkit.QuicLbIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server that is killed under load: what its clients, and those of the others, notice of it.
class BackendKilledTest {

    private static final int SERVERS = 3;
    private static final int OLD_CONNECTIONS = 12;
    private static final int OLD_CONNECTIONS_MAX = 60;
    private static final int BYTES = 20_000;
    private static final long PATIENCE_SECONDS = 15;

    /// The old connections take turns: on a busy machine each is silent for seconds.
    private static final int IDLE_MS = 15_000;

    @TempDir Path folder;

    private Site site;
    private final List<QuicLbServer> servers = new ArrayList<>();
    private Homing homing;
    private QuicClient client;

    @BeforeEach
    void startServers() throws IOException {
        site = Site.in(folder);
        for (int i = 0; i < SERVERS; i++) {
            servers.add(
                    QuicLbServer.start(
                            Stack.QUIC_GO, site, FixedPort.at("127.0.0.1"), "s" + i, ids(i)));
        }
    }

    private static QuicLbIds ids(int server) {
        return QuicLbIds.plaintext(1, "0a0b0" + server, 6);
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (homing != null) {
            homing.close();
        }
        servers.forEach(QuicLbServer::close);
    }

    private void startHoming(Shape shape) throws IOException {
        Homing.Setup setup =
                Homing.with()
                        .shape(shape)
                        .probe("auto")
                        .set("pools.default.health.interval", "1s")
                        .set("pools.default.health.timeout", "200ms");
        servers.forEach(server -> setup.backend(server.name(), server.address()));
        homing = setup.start();
        client =
                QuicClient.open(
                        ClientOptions.toward(homing.address())
                                .withTimeouts(
                                        (int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), IDLE_MS),
                        site.trusted().x509());
    }

    private BackendState state(String backend) {
        return homing.server().routing().pools().getFirst().members().stream()
                .filter(member -> member.backend().name().equals(backend))
                .map(PoolMember::state)
                .findFirst()
                .orElseThrow();
    }

    private ClientConnection connect() throws Exception {
        return client.connect(homing.address()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Transfer get(ClientConnection connection, long seed) throws Exception {
        return connection.get(BYTES, seed).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Opens a connection after the other, each for one transfer, until it is told to stop.
    private final class Newcomers implements AutoCloseable {

        private final Queue<String> served = new ConcurrentLinkedQueue<>();
        private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        private volatile boolean isOver;
        private final Thread thread = Thread.ofPlatform().name("newcomers").start(this::run);

        private void run() {
            for (long seed = 1; !isOver; seed++) {
                // A socket of its own for each, so that none is found by another's session.
                try (QuicClient own =
                        QuicClient.open(
                                ClientOptions.toward(homing.address())
                                        .withTimeouts(
                                                (int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS),
                                                5_000),
                                site.trusted().x509())) {
                    ClientConnection connection =
                            own.connect(homing.address()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    Transfer transfer = get(connection, seed);
                    if (!transfer.isIntact()) {
                        throw new IllegalStateException(transfer.toString());
                    }
                    served.add(transfer.server());
                } catch (Exception e) {
                    failures.add(e);
                }
            }
        }

        void awaitMore(int count) {
            int before = served.size();
            Eventually.holds(count + " more newcomers", () -> served.size() >= before + count);
        }

        @Override
        public void close() {
            isOver = true;
            await(thread);
        }
    }

    /// Transfers on connections that are old, over and over.
    private static final class Old implements AutoCloseable {

        private final AtomicInteger rounds = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final List<ClientConnection> connections;
        private volatile boolean isOver;
        private final Thread thread;

        Old(List<ClientConnection> connections) {
            this.connections = connections;
            thread = Thread.ofPlatform().name("old").start(this::run);
        }

        private void run() {
            try {
                for (long seed = 1; !isOver; seed++) {
                    for (ClientConnection connection : connections) {
                        if (!getOnceAStreamIsFree(connection, seed).isIntact()) {
                            throw new IllegalStateException("round " + seed);
                        }
                    }
                    rounds.incrementAndGet();
                }
            } catch (Exception e) {
                failure.set(e);
            }
        }

        /// A server allows so many streams, and another when it hears that one has ended: who asks
        /// without a pause is sometimes faster.
        private static Transfer getOnceAStreamIsFree(ClientConnection connection, long seed)
                throws Exception {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (true) {
                try {
                    return get(connection, seed);
                } catch (ExecutionException e) {
                    boolean isNoStream =
                            String.valueOf(e.getMessage()).contains("no stream could be opened");
                    if (!isNoStream || !connection.isOpen() || System.nanoTime() > end) {
                        throw e;
                    }
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }

        @Override
        public void close() {
            isOver = true;
            await(thread);
        }
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource
    void costsOnlyItsOwnConnectionsAndIsUsedAgainWhenItIsBack(Shape shape) throws Exception {
        startHoming(shape);
        List<ClientConnection> others = new ArrayList<>();
        int own = 0;
        // Which server each gets is chance: 12 miss one of three once in 130 times, 60 never.
        for (int i = 0; i < OLD_CONNECTIONS || own == 0 && i < OLD_CONNECTIONS_MAX; i++) {
            ClientConnection connection = connect();
            if (get(connection, i).server().equals("s1")) {
                own++;
            } else {
                others.add(connection);
            }
        }
        assertTrue(own > 0 && others.size() > 1, own + " and " + others.size());

        try (Newcomers newcomers = new Newcomers();
                Old old = new Old(others)) {
            newcomers.awaitMore(5);
            servers.get(1).kill();
            Eventually.holds("s1 is down", () -> state("s1") == BackendState.DOWN);
            newcomers.awaitMore(1); // it may have begun before
            List<String> before = List.copyOf(newcomers.served);
            newcomers.awaitMore(15);
            List<String> after =
                    new ArrayList<>(newcomers.served).subList(before.size(), before.size() + 15);
            assertEquals(Set.of("s0", "s2"), new HashSet<>(after));

            servers.set(
                    1,
                    QuicLbServer.start(
                            Stack.QUIC_GO, site, servers.get(1).address(), "again", ids(1)));
            Eventually.holds("s1 is up", () -> state("s1") == BackendState.ACTIVE);
            Eventually.holds("s1 serves again", () -> newcomers.served.contains("again"));

            // Who had only just begun toward s1 began again elsewhere; only a handshake that s1 had
            // answered by half is lost with it.
            assertTrue(newcomers.failures.size() <= 1, newcomers.failures::toString);
            int rounds = old.rounds.get();
            Eventually.holds(
                    "old connections go on or have failed",
                    () -> old.rounds.get() > rounds + 1 || old.failure.get() != null);
            assertEquals(null, old.failure.get());
        }
        homing.assertBooksBalance();
    }
}
