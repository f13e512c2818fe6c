package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.homing.synthetic.ForgedInitials;
import dev.homing.testkit.Eventually;
import io.netty.channel.EventLoopGroup;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Initial packets from forged addresses as fast as Homing takes them, beside connections that go
/// on. `-Dhoming.flood.seconds=30` for longer; `-Dhoming.flood.window=0` as fast as a thread sends,
/// so that the kernel drops what Homing has no time for, whosever it is.
class FloodOfInitialsTest {

    private static final int SECONDS = Integer.getInteger("homing.flood.seconds", 1);

    /// How many datagrams the flood is ahead at most: fewer than a socket's buffer holds.
    private static final int WINDOW = Integer.getInteger("homing.flood.window", 512);

    private static final long PAUSE_NS = 20_000;
    private static final int CLIENTS = 100;
    private static final int TRANSFER_BYTES = 5_000;

    /// Enough for the clients at once. Each forged one that passes costs the servers, which share
    /// this JVM, some kilobytes until they forget it.
    private static final int PER_SECOND = 120;

    private static final int HALF_OPEN_MAX = 1_000;
    private static final int PATIENCE_SECONDS = 60;
    private static final long MOST_GROWTH_KB = 32 << 10;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicIntegerArray transfers = new AtomicIntegerArray(CLIENTS);
    private long mostHalfOpen;

    @ParameterizedTest
    @EnumSource
    void connectionsGoOnAndTheLedgerSaysWhatWasRefused(Shape shape) throws Exception {
        long seed = Long.getLong("homing.seed", System.nanoTime());
        DemoCertificate certificate = DemoCertificate.create();
        EventLoopGroup loops = Loops.open("clients", 1);
        List<QuicClient> clients = new ArrayList<>();
        try (QuicServer one = QuicServer.start(ServerOptions.named("one"), certificate);
                QuicServer two = QuicServer.start(ServerOptions.named("two"), certificate);
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .backend("one", one.address())
                                .backend("two", two.address())
                                .set("limits.new-connections-per-second", PER_SECOND)
                                .set("sessions.half-open-max", HALF_OPEN_MAX)
                                .start();
                ForgedInitials flood =
                        new ForgedInitials(homing.address(), new SplittableRandom(seed))) {
            List<ClientConnection> connections = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                QuicClient client =
                        QuicClient.open(
                                loops,
                                ClientOptions.toward(homing.address()).withTimeouts(10_000, 60_000),
                                certificate.x509());
                clients.add(client);
                connections.add(client.connect(homing.address()).get(30, TimeUnit.SECONDS));
            }
            for (ClientConnection connection : connections) {
                assertTrue(connection.get(1_000, 1).get(30, TimeUnit.SECONDS).isIntact());
            }
            assertEquals(0, homing.books().dropped(Side.CLIENT), homing::account);
            long establishedBefore = homing.books().sessions(SessionState.ESTABLISHED);
            List<CompletableFuture<Void>> ends = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                ends.add(transfer(connections.get(i), i));
            }
            // Until each has got something in the flood, be the machine as slow as it may.
            flood(flood, homing, PATIENCE_SECONDS, this::haveAllGotSomething);
            assertTrue(haveAllGotSomething(), () -> transfers + "\n" + homing.account());
            long memoryKb = heapKb();
            flood(flood, homing, SECONDS, () -> false);
            String during = transfers.toString();
            isOver.set(true);
            for (CompletableFuture<Void> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
            homing.assertBooksBalance();

            long refused = homing.books().dropped(Side.CLIENT, DropReason.NEW_CONNECTIONS_LIMIT);
            long growthKb = heapKb() - memoryKb;
            System.out.printf(
                    "%s, seed %d: %d sent, %d refused, %d half-open, %d kB more; transfers meanwhile: %s%n",
                    shape, seed, flood.sent(), refused, mostHalfOpen, growthKb, during);
            assertTrue(refused > 0, homing::account);
            long tooFast = homing.books().dropped(Side.CLIENT, DropReason.QUEUE_FULL);
            assertEquals(refused, homing.books().dropped(Side.CLIENT) - tooFast, homing::account);
            assertTrue(mostHalfOpen <= HALF_OPEN_MAX, mostHalfOpen + " half-open sessions");
            assertTrue(growthKb < MOST_GROWTH_KB, growthKb + " kB more on the heap");
            assertEquals(
                    establishedBefore,
                    homing.books().sessions(SessionState.ESTABLISHED),
                    "none was evicted, none came to be");
            assertEquals(
                    0, connections.stream().filter(connection -> !connection.isOpen()).count());
            Eventually.holds(
                    () -> "new connections begin again",
                    Duration.ofSeconds(10),
                    () -> isServed(clients.getFirst(), homing));
        } finally {
            clients.forEach(QuicClient::close);
            Loops.close(loops);
        }
    }

    private void flood(
            ForgedInitials flood, Homing homing, int mostSeconds, BooleanSupplier isEnough) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(mostSeconds);
        while (System.nanoTime() - endNs < 0 && !isEnough.getAsBoolean()) {
            if (WINDOW == 0 || flood.sent() - homing.books().received(Side.CLIENT) < WINDOW) {
                flood.send();
            } else {
                LockSupport.parkNanos(PAUSE_NS);
            }
            long halfOpen = homing.books().sessions(SessionState.HALF_OPEN);
            mostHalfOpen = Math.max(mostHalfOpen, halfOpen);
        }
    }

    private boolean haveAllGotSomething() {
        for (int i = 0; i < CLIENTS; i++) {
            if (transfers.get(i) == 0) {
                return false;
            }
        }
        return true;
    }

    /// One after the other until the flood is over.
    private CompletableFuture<Void> transfer(ClientConnection connection, int number) {
        return connection
                .get(TRANSFER_BYTES, number)
                .thenCompose(transfer -> {
                    assertTrue(transfer.isIntact(), transfer::toString);
                    transfers.incrementAndGet(number);
                    return isOver.get()
                            ? CompletableFuture.completedFuture(null)
                            : transfer(connection, number);
                });
    }

    private static boolean isServed(QuicClient client, Homing homing) {
        try {
            Transfer transfer =
                    client.connect(homing.address())
                            .thenCompose(connection -> connection.get(TRANSFER_BYTES, 1))
                            .get(5, TimeUnit.SECONDS);
            return transfer.isIntact();
        } catch (Exception e) {
            return false;
        }
    }

    /// What is alive on the heap. What is not on the heap is allocated once, at start.
    private static long heapKb() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
    }
}
