package dev.homing.observe.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.cid.Undecodable;
import dev.homing.cid.Unroutable;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Histogram;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Migration;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import dev.homing.testkit.QuietReadings;
import dev.homing.trace.Selection;
import dev.homing.trace.TraceFeed;
import dev.homing.trace.TraceRing;
import dev.homing.trace.Tracer;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final QuietReadings quiet = new QuietReadings();

    private String scrape() {
        try (Metrics metrics = new Metrics(quiet.readings())) {
            return metrics.scrape("text/plain");
        }
    }

    @Test
    void showsWhatEachThreadRecordedForTracesAndWhatItHadNoRoomFor() {
        TraceFeed feed = new TraceFeed();
        Tracer tracer = new Tracer(feed, quiet.tracesOfShard);
        feed.publish(new Selection(1, 0, 0, new byte[0], Set.of(DropReason.EMPTY), 1, 65_535));
        tracer.follow();
        Datagram datagram = new DatagramPool(Arena.ofAuto(), 1).take();
        datagram.setPayload(60_000, 0, 0);
        int fits = TraceRing.BYTES / 60_088;
        for (int i = 0; i < fits + 2; i++) {
            tracer.dropped(Side.CLIENT, datagram, -1, 0, DropReason.EMPTY);
        }

        String text = scrape();

        assertHas(text, "homing_trace_records_total{thread=\"recv-0\"} 0.0");
        assertHas(text, "homing_trace_records_total{thread=\"shard-0\"} " + fits + ".0");
        assertHas(text, "homing_trace_records_lost_total{thread=\"recv-0\"} 0.0");
        assertHas(text, "homing_trace_records_lost_total{thread=\"shard-0\"} 2.0");
    }

    @Test
    void showsTheSumsOfAllLedgersUnderTheDocumentedNames() {
        Ledger first = quiet.receiver;
        Ledger second = quiet.shard;
        first.received(Side.CLIENT, 2, 2400);
        second.received(Side.CLIENT, 1, 100);
        first.sent(Side.BACKEND, 1, 1200);
        second.dropped(Side.CLIENT, DropReason.QUEUE_FULL, 4);
        first.routed(RouteMethod.LEARNED, 7);
        first.sessions(SessionState.ESTABLISHED, 1);
        second.connectionIds(1);
        first.backendSessions(5, 1);
        DatagramPool slots = new DatagramPool(Arena.ofAuto(), 3);
        for (int i = 0; i < 3; i++) {
            quiet.handoff.offer(slots.take());
        }

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
        assertHas(text, "homing_handoff_queue_depth{receiver=\"recv-0\",shard=\"shard-0\"} 3.0");
        assertHas(
                text,
                "homing_handoff_queue_capacity{receiver=\"recv-0\",shard=\"shard-0\"} 4096.0");
        assertHas(text, "homing_backend_ports 2.0");
        assertHas(text, "homing_backend_ports_kernel_drops_total 9.0");
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
    void showsWhatEachThreadDid() {
        quiet.receiver.received(Side.CLIENT, 5, 500);
        quiet.receiver.dropped(Side.CLIENT, DropReason.QUEUE_FULL, 2);
        quiet.receiver.dropped(Side.CLIENT, DropReason.EMPTY, 1);
        quiet.shard.sent(Side.BACKEND, 2, 200);
        quiet.shard.received(Side.BACKEND, 4, 400);
        quiet.shard.dropped(Side.BACKEND, DropReason.NO_SESSION, 4);
        quiet.shard.turned();
        quiet.shard.turned();

        String text = scrape();

        String received = "homing_thread_received_datagrams_total{side=\"%s\",thread=\"%s\"} %s";
        assertHas(text, received.formatted("client", "recv-0", "5.0"));
        assertHas(text, received.formatted("client", "shard-0", "0.0"));
        assertHas(text, received.formatted("backend", "shard-0", "4.0"));
        assertHas(
                text,
                "homing_thread_sent_datagrams_total{side=\"backend\",thread=\"shard-0\"} 2.0");
        assertHas(text, "homing_thread_dropped_datagrams_total{thread=\"recv-0\"} 3.0");
        assertHas(text, "homing_thread_dropped_datagrams_total{thread=\"shard-0\"} 4.0");
        assertHas(text, "homing_thread_turns_total{thread=\"recv-0\"} 0.0");
        assertHas(text, "homing_thread_turns_total{thread=\"shard-0\"} 2.0");
    }

    @Test
    void showsWhatTheKernelHoldsAndDropsAtEachSocket() {
        String text = scrape();

        String socket = "{listener=\"[::]:4433\",thread=\"recv-0\"} ";
        assertHas(text, "homing_socket_kernel_drops_total" + socket + "17.0");
        assertHas(text, "homing_socket_queue_bytes" + socket + "1000.0");
        assertHas(text, "homing_socket_queue_limit_bytes" + socket + "8000.0");
        assertHas(text, "homing_socket_buffer_wanted_bytes " + (double) (2 * (4 << 20)));
        assertHas(text, "homing_backend_ports_queue_bytes{thread=\"shard-0\"} 300.0");
        assertHas(text, "homing_backend_ports_queue_limit_bytes{thread=\"shard-0\"} 4000.0");
    }

    @Test
    void showsHistogramsWithEveryBucketFromTheStart() {
        quiet.receiver.histograms().add(Histogram.RECEIVE_BATCH, Side.CLIENT, 3);
        quiet.shard.histograms().add(Histogram.RECEIVE_BATCH, Side.CLIENT, 10_000);

        String text = scrape();

        String bucket = "homing_receive_batch_datagrams_bucket{side=\"%s\",le=\"%s\"} %d";
        assertHas(text, bucket.formatted("client", "1.0", 0));
        assertHas(text, bucket.formatted("client", "2.0", 0));
        assertHas(text, bucket.formatted("client", "4.0", 1));
        assertHas(text, bucket.formatted("client", "4096.0", 1));
        assertHas(text, bucket.formatted("client", "+Inf", 2));
        assertHas(text, bucket.formatted("backend", "1.0", 0));
        assertHas(text, bucket.formatted("backend", "+Inf", 0));
        assertHas(text, "homing_receive_batch_datagrams_count{side=\"client\"} 2");
        assertHas(text, "homing_receive_batch_datagrams_sum{side=\"client\"} 10003.0");
        assertHas(text, "homing_train_datagrams_bucket{side=\"client\",le=\"128.0\"} 0");
        assertHas(text, "homing_send_batch_datagrams_bucket{side=\"backend\",le=\"8192.0\"} 0");
    }

    @Test
    void showsTimesInSeconds() {
        quiet.shard.histograms().add(Histogram.HANDOFF_WAIT, Side.CLIENT, 3_000);
        quiet.shard.histograms().add(Histogram.FORWARD, Side.BACKEND, 2_000_000_000L);

        String text = scrape();

        assertHas(text, "homing_handoff_wait_seconds_bucket{le=\"1.0E-6\"} 0");
        assertHas(text, "homing_handoff_wait_seconds_bucket{le=\"2.0E-6\"} 0");
        assertHas(text, "homing_handoff_wait_seconds_bucket{le=\"4.0E-6\"} 1");
        assertHas(text, "homing_handoff_wait_seconds_bucket{le=\"1.048576\"} 1");
        assertHas(text, "homing_handoff_wait_seconds_sum 3.0E-6");
        String forward = "homing_forward_seconds_bucket{side=\"%s\",le=\"%s\"} %d";
        assertHas(text, forward.formatted("backend", "1.048576", 0));
        assertHas(text, forward.formatted("backend", "+Inf", 1));
        assertHas(text, forward.formatted("client", "+Inf", 0));
        assertHas(text, "homing_forward_seconds_sum{side=\"backend\"} 2.0");
    }

    @Test
    void showsEveryWayInWhichTheSchemeOfAListenerMayFailAndNoOther() {
        quiet.undecoded.count(0, Undecodable.NO_ROTATION, Unroutable.SERVER_ID_UNKNOWN.verdict());

        String text = scrape();

        String series =
                "homing_connection_id_undecodable_total{configuration=\"none\",listener=\"[::]:4433\",reason=\"%s\"} %s";
        assertHas(text, series.formatted("server_id_unknown", "1.0"));
        assertHas(text, series.formatted("too_short", "0.0"));
        assertEquals(
                2,
                text.lines()
                        .filter(line -> line.startsWith("homing_connection_id_undecodable_total{"))
                        .count());
    }

    @Test
    void showsTheStateOfEachBackendAndWhatChangedAboutClients() {
        quiet.shard.count(Migration.ADDRESS);

        String text = scrape();

        String state = "homing_backend_state{backend=\"%s\",state=\"%s\"} %s";
        assertHas(text, state.formatted("a", "active", "1.0"));
        assertHas(text, state.formatted("a", "draining", "0.0"));
        assertHas(text, state.formatted("b", "active", "0.0"));
        assertHas(text, state.formatted("b", "draining", "1.0"));
        assertHas(text, "homing_flow_migrations_total{kind=\"port\"} 0.0");
        assertHas(text, "homing_flow_migrations_total{kind=\"address\"} 1.0");
    }

    @Test
    void leavesOutWhatTheKernelDoesNotTell() {
        quiet.socket = Optional.empty();

        String text = scrape();

        assertFalse(text.contains("homing_socket_kernel_drops_total"));
        assertFalse(text.contains("homing_socket_queue_bytes"));
    }

    @Test
    void showsWhichBackendsAreUpAndWhatSpeaksForIt() {
        quiet.shard.backendAnswered(5);
        quiet.shard.backendUnanswered(6);
        quiet.shard.backendUnanswered(6);
        quiet.receiver.backendIcmpError(6);

        String text = scrape();

        assertHas(text, "homing_backend_up{backend=\"a\"} 1.0");
        assertHas(text, "homing_backend_up{backend=\"b\"} 0.0");
        assertHas(text, "homing_health_probes_total{backend=\"a\",result=\"answered\"} 3.0");
        assertHas(text, "homing_health_probes_total{backend=\"b\",result=\"refused\"} 7.0");
        assertHas(text, "homing_backend_answered_sessions_total{backend=\"a\"} 1.0");
        assertHas(text, "homing_backend_unanswered_sessions_total{backend=\"b\"} 2.0");
        assertHas(text, "homing_backend_icmp_errors_total{backend=\"b\"} 1.0");
        assertHas(text, "homing_pool_panic{pool=\"pool\"} 0.0");
    }

    @Test
    void showsHowMuchThereMayBe() {
        String text = scrape();

        assertHas(text, "homing_sessions_max 1000.0");
        assertHas(text, "homing_sessions_half_open_max 500.0");
        assertHas(text, "homing_connection_ids_max 2000.0");
        assertHas(text, "homing_backend_ports_max 64.0");
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
                                .filter(line -> !line.startsWith("homing_machine_"))
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
                                "hash",
                                "result",
                                "state",
                                "backend",
                                "receiver",
                                "shard",
                                "listener",
                                "thread",
                                "configuration",
                                "kind",
                                "pool",
                                "result",
                                "le",
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
