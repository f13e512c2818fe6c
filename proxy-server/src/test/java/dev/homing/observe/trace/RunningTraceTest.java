package dev.homing.observe.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ledger.DropReason;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import dev.homing.trace.Selection;
import dev.homing.trace.TraceRing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunningTraceTest {

    private static final byte[] INITIAL =
            HexFormat.of().parseHex("c000000001088394c8f03e51570804c0c1c2c3" + "00".repeat(181));
    private static final byte[] SHORT =
            HexFormat.of().parseHex("400767947d29be054a" + "00".repeat(91));

    private final Rings rings = new Rings();
    private final AtomicInteger closed = new AtomicInteger();

    private RunningTrace begin(int number, TraceFormat format, Duration duration) {
        RunningTrace trace =
                new RunningTrace(
                        rings.feed,
                        new Selection(number, 1, 0, new byte[0], Set.of(), 1, 64),
                        rings.threads,
                        Rings.NAMES,
                        format,
                        duration,
                        closed::incrementAndGet);
        rings.follow();
        assertTrue(trace.hasBegun());
        return trace;
    }

    private RunningTrace begin(TraceFormat format) {
        return begin(1, format, Duration.ofHours(1));
    }

    /// All of it, up to now.
    private static String end(RunningTrace trace) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        trace.close();
        assertTrue(trace.isOver());
        while (trace.write(out)) {
            // As long as there is more.
        }
        trace.writeEnd(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /// Times differ from run to run.
    private static List<String> lines(String text, String time) {
        return text.lines().map(line -> line.replaceAll(time, "TIME")).toList();
    }

    @Test
    void tellsPeople() throws IOException {
        RunningTrace trace = begin(TraceFormat.TEXT);
        rings.sent(Side.CLIENT, INITIAL, 0, 2, RouteMethod.HASH);
        rings.sent(Side.BACKEND, SHORT, 0, 0, null);
        rings.sent(Side.CLIENT, SHORT, 40, 0, RouteMethod.LEARNED);
        rings.dropped(rings.recv, Side.CLIENT, new byte[0], -1, DropReason.EMPTY);
        rings.dropped(rings.shard, Side.BACKEND, INITIAL, 0, DropReason.NO_SESSION);

        assertEquals(
                List.of(
                        "TIME shard-0  192.0.2.7:51000 > a   200 initial dcid 8394c8f03e515708 scid c0c1c2c3  ect0"
                                + "  hash  sent after 85 us",
                        "TIME shard-0  192.0.2.7:51000 < a   100 short dcid 0767947d29be054a  sent after 85 us",
                        "TIME shard-0  192.0.2.7:51000 > a   100 in 3 short dcid 0767947d29be054a  learned  sent after 85 us",
                        "TIME recv-0   192.0.2.7:51000 > -     0 empty  dropped: empty",
                        "TIME shard-0  192.0.2.7:51000 > a   200 initial dcid 8394c8f03e515708 scid c0c1c2c3  dropped:"
                                + " no_session",
                        "# records 5, lost 0"),
                lines(end(trace), "^\\d\\d:\\d\\d:\\d\\d\\.\\d{6}"));
    }

    @Test
    void tellsPrograms() throws IOException {
        RunningTrace trace = begin(TraceFormat.JSON);
        rings.sent(Side.CLIENT, INITIAL, 0, 3, RouteMethod.HASH);
        rings.sent(Side.CLIENT, SHORT, 40, 0, RouteMethod.LEARNED);
        rings.dropped(rings.shard, Side.BACKEND, INITIAL, 0, DropReason.NO_SESSION);

        String head = HexFormat.of().formatHex(INITIAL, 0, 64);
        assertEquals(
                List.of(
                        "{\"time\":\"TIME\",\"thread\":\"shard-0\",\"side\":\"client\",\"listener\":\"127.0.0.1:4433\","
                                + "\"client\":\"192.0.2.7:51000\",\"backend\":\"a\",\"header\":\"long\",\"type\":\"initial\","
                                + "\"version\":\"0x00000001\",\"dcid\":\"8394c8f03e515708\",\"scid\":\"c0c1c2c3\","
                                + "\"octets\":200,\"datagrams\":1,\"ecn\":\"ce\",\"route\":\"hash\",\"verdict\":\"sent\",\"took-ns\":85321,"
                                + "\"head\":\""
                                + head
                                + "\"}",
                        "{\"time\":\"TIME\",\"thread\":\"shard-0\",\"side\":\"client\",\"listener\":\"127.0.0.1:4433\","
                                + "\"client\":\"192.0.2.7:51000\",\"backend\":\"a\",\"header\":\"short\",\"type\":\"short\","
                                + "\"dcid\":\"0767947d29be054a\",\"octets\":100,\"datagrams\":3,\"segment\":40,"
                                + "\"ecn\":\"not-ect\",\"route\":\"learned\",\"verdict\":\"sent\",\"took-ns\":85321,\"head\":\""
                                + HexFormat.of().formatHex(SHORT, 0, 40)
                                + "\"}",
                        "{\"time\":\"TIME\",\"thread\":\"shard-0\",\"side\":\"backend\","
                                + "\"sender\":\"192.0.2.7:51000\",\"backend\":\"a\",\"header\":\"long\",\"type\":\"initial\","
                                + "\"version\":\"0x00000001\",\"dcid\":\"8394c8f03e515708\",\"scid\":\"c0c1c2c3\","
                                + "\"octets\":200,\"datagrams\":1,\"ecn\":\"not-ect\",\"verdict\":\"dropped\","
                                + "\"reason\":\"no_session\",\"head\":\""
                                + head
                                + "\"}",
                        "{\"trace\":{\"records\":3,\"lost\":0}}"),
                lines(end(trace), "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"));
    }

    @Test
    void mergesThreadsInTheOrderOfTime() throws IOException {
        RunningTrace trace = begin(TraceFormat.TEXT);
        for (int i = 0; i < 10; i++) {
            rings.dropped(
                    i % 3 == 0 ? rings.recv : rings.shard,
                    Side.CLIENT,
                    new byte[i],
                    -1,
                    DropReason.QUEUE_FULL);
        }

        List<String> octets =
                end(trace)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replaceAll(".*> -\\s+(\\d+) .*", "$1"))
                        .toList();
        assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), octets);
    }

    @Test
    void tellsNothingThatTheTraceBeforeHasLeft() throws IOException {
        RunningTrace before = begin(1, TraceFormat.TEXT, Duration.ofHours(1));
        rings.dropped(rings.recv, Side.CLIENT, SHORT, -1, DropReason.QUEUE_FULL);
        before.close();
        RunningTrace after =
                new RunningTrace(
                        rings.feed,
                        new Selection(2, 1, 0, new byte[0], Set.of(), 1, 64),
                        rings.threads,
                        Rings.NAMES,
                        TraceFormat.TEXT,
                        Duration.ofHours(1),
                        closed::incrementAndGet);
        // One thread still goes on with the trace before.
        rings.dropped(rings.recv, Side.CLIENT, SHORT, -1, DropReason.QUEUE_FULL);
        assertFalse(after.hasBegun());
        rings.follow();
        assertTrue(after.hasBegun());

        assertEquals("# records 0, lost 0\n", end(after));
    }

    @Test
    void countsWhatTheRingHadNoRoomFor() throws IOException {
        RunningTrace trace = begin(TraceFormat.TEXT);
        int fits = TraceRing.BYTES / (88 + 64);
        for (int i = 0; i < fits + 10; i++) {
            rings.dropped(rings.recv, Side.CLIENT, SHORT, -1, DropReason.QUEUE_FULL);
        }

        String text = end(trace);

        assertTrue(
                text.endsWith("# records %d, lost 10\n".formatted(fits)),
                () -> text.substring(text.length() - 100));
    }

    @Test
    void isOverWhenItsTimeIsAndSwitchesItselfOff() {
        RunningTrace trace = begin(1, TraceFormat.TEXT, Duration.ZERO);

        assertTrue(trace.isOver());

        assertSame(Selection.NONE, rings.feed.latest());
        assertEquals(0, closed.get());
        trace.close();
        trace.close();
        assertEquals(1, closed.get());
    }

    @Test
    void closingItLeavesTheNextOneOn() {
        RunningTrace before = begin(1, TraceFormat.TEXT, Duration.ofHours(1));
        before.close();
        begin(2, TraceFormat.TEXT, Duration.ofHours(1));

        before.close();
        assertTrue(before.isOver());

        assertEquals(2, rings.feed.latest().number());
    }
}
