package dev.homing.observe.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ledger.Books;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import dev.homing.route.Backend;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Ledger first = new Ledger(8);
    private final Ledger second = new Ledger(8);

    private String scrape() {
        Books books = new Books(List.of(first, second), () -> 3);
        try (Metrics metrics =
                new Metrics(
                        books,
                        List.of(new QueueGauge("recv-0", "shard-1", () -> 3, 4096)),
                        List.of(new ListenerGauge("[::]:4433", () -> 17)),
                        new BackendPortGauge(() -> 2, () -> 9),
                        List.of(new Backend(5, "a", 0, 0xffff_7f00_0001L, 4433)),
                        new BuildLabels("1.2.3", "abcdef"))) {
            return metrics.scrape("text/plain");
        }
    }

    @Test
    void showsTheSumsOfAllLedgersUnderTheDocumentedNames() {
        first.received(Side.CLIENT, 2, 2400);
        second.received(Side.CLIENT, 1, 100);
        first.sent(Side.BACKEND, 1, 1200);
        second.dropped(Side.CLIENT, DropReason.QUEUE_FULL, 4);
        first.routed(RouteMethod.LEARNED, 7);
        first.sessions(SessionState.ESTABLISHED, 1);
        second.connectionIds(1);
        first.backendSessions(5, 1);

        String text = scrape();

        assertHas(text, "homing_datagrams_received_total{side=\"client\"} 3.0");
        assertHas(text, "homing_bytes_received_total{side=\"client\"} 2500.0");
        assertHas(text, "homing_datagrams_sent_total{side=\"backend\"} 1.0");
        assertHas(text, "homing_bytes_sent_total{side=\"backend\"} 1200.0");
        assertHas(
                text, "homing_datagrams_dropped_total{reason=\"queue_full\",side=\"client\"} 4.0");
        assertHas(text, "homing_routed_total{method=\"learned\"} 7.0");
        assertHas(text, "homing_sessions{state=\"established\"} 1.0");
        assertHas(text, "homing_connection_ids 1.0");
        assertHas(text, "homing_backend_sessions{backend=\"a\"} 1.0");
        assertHas(text, "homing_handoff_queue_depth{receiver=\"recv-0\",shard=\"shard-1\"} 3.0");
        assertHas(
                text,
                "homing_handoff_queue_capacity{receiver=\"recv-0\",shard=\"shard-1\"} 4096.0");
        assertHas(text, "homing_backend_ports 2.0");
        assertHas(text, "homing_backend_ports_kernel_drops_total 9.0");
        assertHas(text, "homing_listener_kernel_drops_total{listener=\"[::]:4433\"} 17.0");
        assertTrue(
                Pattern.compile(
                                "homing_build_info\\{commit=\"abcdef\",java_version=\"[^\"]+\",version=\"1.2.3\"} 1")
                        .matcher(text)
                        .find(),
                text);
        assertTrue(text.contains("jvm_memory_used_bytes"), "JVM metrics");
        assertTrue(text.contains("process_uptime_seconds"), "process metrics");
    }

    @Test
    void hasASeriesForEveryDropReasonFromTheStart() {
        String text = scrape();
        for (Side side : Side.values()) {
            for (DropReason reason : DropReason.values()) {
                assertHas(
                        text,
                        "homing_datagrams_dropped_total{reason=\"%s\",side=\"%s\"} 0.0"
                                .formatted(reason.label(), side.label()));
            }
        }
    }

    @Test
    void labelsAreOnlyThoseThatAreBounded() {
        TreeSet<String> labels = new TreeSet<>();
        Pattern.compile("[{,]([a-z_]+)=\"")
                .matcher(
                        scrape().lines()
                                .filter(line -> line.startsWith("homing_"))
                                .reduce("", (all, line) -> all + line + "\n"))
                .results()
                .forEach(match -> labels.add(match.group(1)));
        assertEquals(
                new TreeSet<>(
                        List.of(
                                "side",
                                "reason",
                                "method",
                                "event",
                                "state",
                                "backend",
                                "receiver",
                                "shard",
                                "listener",
                                "version",
                                "commit",
                                "java_version")),
                labels);
    }

    private static void assertHas(String text, String line) {
        assertFalse(text.isEmpty());
        assertTrue(text.lines().anyMatch(line::equals), () -> "no line " + line + " in\n" + text);
    }
}
