package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.synthetic.SyntheticClients;
import dev.homing.synthetic.SyntheticServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SteadyStateTest {

    private static final int CLIENTS = 500;
    private static final int WARM_UP_ROUNDS = 150;
    private static final int ROUNDS = 40;
    private static final int ATTEMPTS = 8;

    /// The tick of an event loop (ten times a second) may allocate; a datagram may not. So that the
    /// two can be told apart, an attempt is short and the least of several counts.
    @ParameterizedTest
    @EnumSource
    void allocatesNothingForADatagram(Shape shape) throws IOException {
        try (SyntheticServer server =
                        new SyntheticServer(1, new InetSocketAddress("127.0.0.1", 0));
                Homing homing = Homing.with().shape(shape).backend("a", server.address()).start();
                SyntheticClients clients = new SyntheticClients(homing.address(), CLIENTS)) {
            assertAllocatesNothing(shape, clients);
            homing.assertBooksBalance();
        }
    }

    private static void assertAllocatesNothing(Shape shape, SyntheticClients clients) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        rounds(clients, WARM_UP_ROUNDS);
        List<Long> loops =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().matches("(recv|shard)-\\d+"))
                        .map(Thread::threadId)
                        .toList();
        assertEquals(shape.receivers() + shape.shards(), loops.size());
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least > 0; attempt++) {
            long before = allocated(threads, loops);
            rounds(clients, ROUNDS);
            least = Math.min(least, allocated(threads, loops) - before);
        }
        long datagrams = 2L * ROUNDS * CLIENTS;
        long perThousand = 1000 * least / datagrams;
        assertEquals(0, perThousand, "octets allocated per 1000 datagrams, " + least + " in all");
    }

    /// Of each tenth connection everything is recorded, and read meanwhile.
    @ParameterizedTest
    @EnumSource
    void allocatesNothingForATracedDatagram(Shape shape) throws Exception {
        try (SyntheticServer server =
                        new SyntheticServer(1, new InetSocketAddress("127.0.0.1", 0));
                Homing homing =
                        Homing.with().admin().shape(shape).backend("a", server.address()).start();
                SyntheticClients clients = new SyntheticClients(homing.address(), CLIENTS);
                TraceLines trace = TraceLines.begin(homing, "sample=1/10&duration=10m")) {
            assertAllocatesNothing(shape, clients);
            homing.assertBooksBalance();
            assertTrue(trace.count() > CLIENTS, "hardly anything was recorded");
        }
    }

    private static void rounds(SyntheticClients clients, int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(CLIENTS, clients.round(System.nanoTime() + TimeUnit.SECONDS.toNanos(20)));
        }
    }

    private static long allocated(ThreadMXBean threads, List<Long> loops) {
        return loops.stream().mapToLong(threads::getThreadAllocatedBytes).sum();
    }

    @ParameterizedTest
    @EnumSource
    void aFullQueueDropsWithItsReasonAndHealthyTrafficGoesOn(Shape shape) throws IOException {
        try (SyntheticServer server =
                        new SyntheticServer(1, new InetSocketAddress("127.0.0.1", 0));
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .set("queues.capacity", 64)
                                .backend("a", server.address())
                                .start();
                SyntheticClients clients = new SyntheticClients(homing.address(), CLIENTS);
                Flood flood = new Flood(homing.address())) {
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (homing.books().dropped(Side.CLIENT, DropReason.QUEUE_FULL) == 0) {
                assertTrue(
                        System.nanoTime() - deadlineNs < 0,
                        "the queue never ran full: " + homing.account());
                flood.send(10_000);
            }
            rounds(clients, 2);
            assertEquals(0, clients.misdelivered());
            homing.assertBooksBalance();
        }
    }
}
