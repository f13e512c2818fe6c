package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.value.IpText;
import dev.homing.ledger.Side;
import dev.homing.observe.samples.Sample;
import dev.homing.observe.samples.Samples;
import dev.homing.observe.samples.Scraper;
import dev.homing.synthetic.SyntheticClients;
import dev.homing.synthetic.SyntheticServer;
import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The books as somebody has them who sees nothing of an instance but its metrics.
class ExportedBooksTest {

    private static final int CLIENTS = 400;
    private static final int QUEUE = 64;
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    @ParameterizedTest
    @EnumSource
    void balanceAfterOverloadAndTheLossOfABackend(Shape shape) throws Exception {
        SyntheticServer leaving = new SyntheticServer(2, ANY_PORT);
        try (SyntheticServer staying = new SyntheticServer(1, ANY_PORT);
                Homing homing = start(shape, staying, leaving);
                Readings readings = new Readings(homing);
                SyntheticClients clients = new SyntheticClients(homing.address(), CLIENTS);
                Flood flood = new Flood(homing.address())) {
            assertEquals(CLIENTS, clients.round(deadlineNs(20)));
            readings.read();
            leaving.close();
            assertTrue(clients.round(deadlineNs(1)) < CLIENTS, "the lost backend's get no answer");
            overload(flood, readings);

            Samples rest = readings.atRest();

            long received =
                    Math.round(rest.sum("homing_datagrams_received_total", "side", "client"));
            long kernelDrops = Math.round(rest.sum("homing_socket_kernel_drops_total"));
            assertEquals(
                    clients.sent() + flood.sent(), received + kernelDrops, "as the senders say");
            assertTrue(rest.sum("homing_datagrams_dropped_total", "reason", "queue_full") > 0);
            assertTrue(rest.sum("homing_events_total", "event", "icmp_error") > 0);
            assertThreadsAddUp(rest, shape);
            assertHistogramsAddUp(rest);
            Eventually.holds(
                    "a queue that dropped was full, says the next turn",
                    () ->
                            readings.read().max("homing_handoff_queue_high_water").orElseThrow()
                                    == QUEUE);
        }
    }

    private static Homing start(Shape shape, SyntheticServer a, SyntheticServer b) {
        return Homing.with()
                .shape(shape)
                .admin()
                .set("queues.capacity", QUEUE)
                .set("sockets.receive-buffer", "256KiB")
                .backend("a", a.address())
                .backend("b", b.address())
                .start();
    }

    private static void overload(Flood flood, Readings readings) throws IOException {
        long endNs = deadlineNs(60);
        while (readings.read().sum("homing_datagrams_dropped_total", "reason", "queue_full") == 0) {
            assertTrue(System.nanoTime() - endNs < 0, "the queue never ran full");
            flood.send(10_000);
        }
    }

    private static long deadlineNs(long seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private static void assertThreadsAddUp(Samples rest, Shape shape) {
        for (Side side : Side.values()) {
            assertEquals(
                    rest.sum("homing_datagrams_received_total", "side", side.label()),
                    rest.sum("homing_thread_received_datagrams_total", "side", side.label()));
            assertEquals(
                    rest.sum("homing_datagrams_sent_total", "side", side.label()),
                    rest.sum("homing_thread_sent_datagrams_total", "side", side.label()));
        }
        assertEquals(
                rest.sum("homing_datagrams_dropped_total"),
                rest.sum("homing_thread_dropped_datagrams_total"));
        int threads = shape.receivers() + shape.shards();
        assertEquals(threads, rest.all("homing_thread_turns_total").size());
        for (Sample turns : rest.all("homing_thread_turns_total")) {
            assertTrue(turns.value() > 0, turns::toString);
        }
        // A kernel need not tell, but it tells of all threads or of none.
        int told = rest.all("homing_thread_cpu_seconds_total").size();
        assertTrue(told == 0 || told == threads);
        for (Sample cpu : rest.all("homing_thread_cpu_seconds_total")) {
            assertTrue(cpu.value() > 0, cpu::toString);
        }
    }

    private static void assertHistogramsAddUp(Samples rest) {
        for (Side side : Side.values()) {
            double received = rest.sum("homing_datagrams_received_total", "side", side.label());
            assertEquals(
                    received, rest.sum("homing_receive_batch_datagrams_sum", "side", side.label()));
            assertEquals(received, rest.sum("homing_train_datagrams_sum", "side", side.label()));
            assertEquals(
                    rest.sum("homing_datagrams_sent_total", "side", side.label()),
                    rest.sum("homing_send_batch_datagrams_sum", "side", side.label()));
            assertTrue(rest.sum("homing_forward_seconds_count", "side", side.label()) > 0);
        }
        assertTrue(rest.sum("homing_handoff_wait_seconds_count") > 0);
    }

    /// Readings of one instance, one after the other, in which no counter may fall.
    private static final class Readings implements AutoCloseable {

        private final Scraper scraper;
        private Samples latest;

        Readings(Homing homing) throws IOException {
            InetSocketAddress admin = homing.server().adminAddress().orElseThrow();
            scraper = new Scraper(IpText.print(admin), Duration.ofSeconds(10));
            latest = Samples.of(List.of());
            read();
        }

        Samples read() {
            try {
                Samples next = scraper.scrape();
                for (String name : latest.names()) {
                    if (name.matches("homing_.*_(total|count|bucket|sum)")) {
                        assertNoneFell(name, next);
                    }
                }
                latest = next;
                return next;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void assertNoneFell(String name, Samples next) {
            Map<Map<String, String>, Double> values = new HashMap<>();
            next.all(name).forEach(sample -> values.put(sample.labels(), sample.value()));
            for (Sample before : latest.all(name)) {
                assertTrue(
                        values.getOrDefault(before.labels(), -1.0) >= before.value(),
                        () -> before + " is now " + values.get(before.labels()));
            }
        }

        Samples atRest() {
            Eventually.holds(
                    () -> missing("client") + " and " + missing("backend") + " are missing",
                    Eventually.DEADLINE,
                    () -> {
                        read();
                        return latest.sum("homing_handoff_queue_depth") == 0
                                && missing("client") == 0
                                && missing("backend") == 0;
                    });
            return latest;
        }

        /// What came in on a side and is nowhere.
        private double missing(String side) {
            String other = side.equals("client") ? "backend" : "client";
            double queued = side.equals("client") ? latest.sum("homing_handoff_queue_depth") : 0;
            return latest.sum("homing_datagrams_received_total", "side", side)
                    - latest.sum("homing_datagrams_sent_total", "side", other)
                    - latest.sum("homing_datagrams_dropped_total", "side", side)
                    - queued;
        }

        @Override
        public void close() {
            scraper.close();
        }
    }
}
