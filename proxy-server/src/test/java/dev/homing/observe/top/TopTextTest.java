package dev.homing.observe.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.command.Json;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Samples;
import dev.homing.observe.top.Line.Tone;
import dev.homing.observe.top.reading.TopReading;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopTextTest {

    private static final String BEFORE =
            """
            homing_build_info{version="1.2",commit="c",java_version="25"} 1
            process_uptime_seconds 93784
            homing_sessions{state="established"} 48211
            homing_sessions{state="half_open"} 913
            homing_connection_ids 103442
            homing_datagrams_received_total{side="client"} 1000
            homing_datagrams_received_total{side="backend"} 5000
            homing_bytes_received_total{side="client"} 0
            homing_bytes_received_total{side="backend"} 0
            homing_datagrams_sent_total{side="backend"} 1000
            homing_datagrams_sent_total{side="client"} 5000
            homing_datagrams_dropped_total{side="client",reason="queue_full"} 0
            homing_datagrams_dropped_total{side="backend",reason="no_session"} 7
            homing_socket_kernel_drops_total{listener="127.0.0.1:4433",thread="recv-0"} 3
            homing_socket_queue_bytes{listener="127.0.0.1:4433",thread="recv-0"} 0
            homing_socket_queue_limit_bytes{listener="127.0.0.1:4433",thread="recv-0"} 8388608
            homing_thread_cpu_seconds_total{thread="recv-0"} 10
            homing_thread_cpu_seconds_total{thread="shard-0"} 10
            homing_thread_cpu_seconds_total{thread="shard-10"} 10
            homing_thread_cpu_seconds_total{thread="shard-2"} 10
            homing_handoff_queue_depth{receiver="recv-0",shard="shard-0"} 0
            homing_handoff_queue_depth{receiver="recv-0",shard="shard-2"} 0
            homing_handoff_queue_capacity{receiver="recv-0",shard="shard-0"} 4096
            homing_handoff_queue_high_water{receiver="recv-0",shard="shard-0"} 12
            homing_backend_sessions{backend="a"} 2
            homing_backend_sessions{backend="b-10"} 5
            homing_backend_sessions{backend="b-9"} 5
            homing_backend_state{backend="a",state="active"} 0
            homing_backend_state{backend="a",state="draining"} 1
            """;

    /// Two seconds later, with a loss at the socket and one at the queue.
    private static final String AFTER =
            BEFORE.replace(
                            "_received_total{side=\"client\"} 1000",
                            "_received_total{side=\"client\"} 49000")
                    .replace(
                            "bytes_received_total{side=\"client\"} 0",
                            "bytes_received_total{side=\"client\"} 14400000")
                    .replace(
                            "_sent_total{side=\"backend\"} 1000",
                            "_sent_total{side=\"backend\"} 48940")
                    .replace("reason=\"queue_full\"} 0", "reason=\"queue_full\"} 60")
                    .replace("thread=\"recv-0\"} 3", "thread=\"recv-0\"} 2483")
                    .replace(
                            "cpu_seconds_total{thread=\"recv-0\"} 10",
                            "cpu_seconds_total{thread=\"recv-0\"} 11.94")
                    .replace(
                            "cpu_seconds_total{thread=\"shard-0\"} 10",
                            "cpu_seconds_total{thread=\"shard-0\"} 10.72")
                    .replace(
                            "queue_bytes{listener=\"127.0.0.1:4433\",thread=\"recv-0\"} 0",
                            "queue_bytes{listener=\"127.0.0.1:4433\",thread=\"recv-0\"} 7885291")
                    .replace(
                            "depth{receiver=\"recv-0\",shard=\"shard-0\"} 0",
                            "depth{receiver=\"recv-0\",shard=\"shard-0\"} 4090");

    private static TopReading reading(String before, String after) throws IOException {
        return TopReading.of(
                new Interval(Samples.parse(before), Samples.parse(after), Duration.ofSeconds(2)));
    }

    private static String text(TopReading reading, int columns, int rows) {
        return TopText.lines(reading, "127.0.0.1:9090", columns, rows).stream()
                .map(Line::text)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void saysWhereDatagramsAreLostFirstAndShowsEveryPart() throws IOException {
        assertEquals(
                """
                homing top  127.0.0.1:9090  1.2  up 1 d 2 h
                first loss: Socket (clients to backends), 1 240/s: A listening socket's buffer was full.
                  the busiest thread that takes over there is 97 % busy. What helps: The receiver is busy all the time, so a larger buffer only delays the loss: raise threads.receivers and threads.shards, or add CPUs or instances.
                clients to backends: in 24 000/s (58 Mbit/s), out 23 970/s, lost 1 270/s
                backends to clients: in 0/s (0 Mbit/s), out 0/s, lost 0/s
                sessions: 48 211 established, 913 half-open; 103 442 connection IDs

                path        to backends/s  lost/s  to clients/s  lost/s
                  NIC                   -       -             -       -
                  softirq               -       -
                  Firewall              -       -
                  UDP                           -
                  Socket           24 000   1 240                     -
                  Receiver         24 000       -
                  Queue                        30
                  Shard                         -             0       0
                  Send             23 970       -             0       -
                  Backends                      -

                threads     busy              cpu wait  received/s  sent/s  dropped/s  socket
                  recv-0    97 %  ##########         -           -       -          -    94 %
                  shard-0   36 %  ####......         -           -       -          -       -
                  shard-2    0 %  ..........         -           -       -          -       -
                  shard-10   0 %  ..........         -           -       -          -       -

                queues               waiting  most lately  capacity
                  recv-0 to shard-0    4 090           12     4 096
                  recv-0 to shard-2        0            -         -

                drops         from     now/s  since start  what helps
                  queue_full  client      30           60  Raise threads.shards, or queues.capacity if the bursts are short.
                  no_session  backend      0            7  Raise sessions.idle-timeout above the servers' idle timeout.

                backends  sessions  state
                  b-9            5
                  b-10           5
                  a              2  draining
                """,
                text(reading(BEFORE, AFTER), 400, 100));
    }

    @Test
    void marksWhatLosesAndWhoIsBusy() throws IOException {
        List<String> marked =
                TopText.lines(reading(BEFORE, AFTER), "x", 400, 100).stream()
                        .filter(line -> line.tone() == Tone.BAD)
                        .map(line -> line.text().strip().split(" +", -1)[0])
                        .toList();

        assertEquals(List.of("first", "Socket", "Queue", "recv-0"), marked);
    }

    @Test
    void advisesALargerBufferWhereTheReceiverHasTimeToSpare() throws IOException {
        TopReading idle =
                reading(
                        BEFORE,
                        AFTER.replace(
                                "cpu_seconds_total{thread=\"recv-0\"} 11.94",
                                "cpu_seconds_total{thread=\"recv-0\"} 10.4"));

        assertTrue(
                idle.firstLoss().orElseThrow().remedy().contains("raise sockets.receive-buffer"));
        assertEquals("socket", idle.firstLoss().orElseThrow().hop().hop().place().label());
    }

    @Test
    void doesNotSayThatNothingIsLostWhereNobodyCounts() throws IOException {
        assertTrue(text(reading(BEFORE, BEFORE), 200, 100).contains("no loss where it is counted"));
        assertTrue(text(reading("", ""), 200, 100).contains("out -/s, lost 0/s"));
    }

    @Test
    void doesNotCallALossWhatStrangersSendUntilItIsMuch() throws IOException {
        String dropped =
                "homing_datagrams_dropped_total{side=\"client\",reason=\"truncated_header\"} ";
        String little =
                text(
                        reading(
                                BEFORE + dropped + 0,
                                BEFORE.replace("\"client\"} 1000", "\"client\"} 3000")
                                        + dropped
                                        + 80),
                        200,
                        100);
        String much =
                text(
                        reading(
                                BEFORE + dropped + 0,
                                BEFORE.replace("\"client\"} 1000", "\"client\"} 3000")
                                        + dropped
                                        + 120),
                        200,
                        100);

        assertTrue(little.contains("no loss where it is counted"), little);
        assertTrue(little.contains("lost 0/s, dropped as usual 40/s"), little);
        assertTrue(much.contains("first loss: Receiver (clients to backends), 60/s"), much);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 80})
    void fitsTheTerminal(int columns) throws IOException {
        List<Line> lines = TopText.lines(reading(BEFORE, AFTER), "x", columns, 24);

        assertEquals(24, lines.size());
        assertTrue(columns < 40 || lines.getLast().text().matches("and [0-9]+ more lines.*"));
        for (Line line : lines) {
            assertTrue(line.text().length() <= columns, line.text());
        }
    }

    @Test
    void countsTheBackendsThatDoNotFit() throws IOException {
        StringBuilder many = new StringBuilder(BEFORE);
        for (int i = 0; i < 40; i++) {
            many.append("homing_backend_sessions{backend=\"x-").append(i).append("\"} 1\n");
        }
        String text = text(reading(many.toString(), many.toString()), 80, 50);

        assertEquals(50, text.lines().count(), text);
        assertTrue(text.matches("(?s).*\n  and [0-9]+ more\n"), text);
        assertFalse(text.contains("x-39"), text);
    }

    @Test
    void writesValuesForPrograms() throws IOException {
        String json = Json.line(TopValues.of(reading(BEFORE, AFTER)));

        assertTrue(
                json.startsWith(
                        "{\"version\":\"1.2\",\"uptime_seconds\":93784,\"sessions\":{\"established\":48211,\"half_open\":913},"
                                + "\"connection_ids\":103442,\"first_loss\":{\"from\":\"client\",\"hop\":\"socket\",\"lost\":1240,"),
                json);
        assertTrue(
                json.contains(
                        "{\"hop\":\"nic\"},{\"hop\":\"softirq\"},{\"hop\":\"firewall\"},{\"hop\":\"udp\"}"),
                json);
        assertTrue(json.contains("{\"hop\":\"queue\",\"lost\":30}"), json);
        assertTrue(
                json.contains("{\"thread\":\"recv-0\",\"busy\":0.97,\"socket_fill\":0.94}"), json);
        assertTrue(
                json.contains("{\"backend\":\"a\",\"sessions\":2,\"state\":\"draining\"}"), json);
    }
}
