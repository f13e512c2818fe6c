package dev.homing.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.bench.load.Pattern;
import dev.homing.bench.report.ProgressLine;
import dev.homing.bench.subject.Direct;
import dev.homing.bench.subject.Subject;
import dev.homing.bench.subject.Subjects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Everything together, for a second: what is counted, never how long it takes. So few datagrams
/// that they fit into the smallest socket buffer: on a machine that stands still, none is lost.
final class BenchTest {

    private static final double RATE = 400;
    private static final Pace PACE = new Pace(1, 0.5, 0.3);

    /// Its stations serve all tests, as they do all loads from the command line.
    private static Bench bench;

    @BeforeAll
    static void open() {
        PrintStream nowhere =
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        bench = new Bench(new ProgressLine(nowhere, false));
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    private static Result measure(Load load, String... names) throws IOException {
        List<Subject> subjects = Subjects.prepare().named(List.of(names));
        if (load.traffic().pattern() == Pattern.SOCKETS) {
            subjects = new ArrayList<>(subjects);
            subjects.add(new Direct());
        }
        return bench.measure(load.at(RATE), subjects, PACE);
    }

    private static void nothingIsLost(Result result, int subjects) {
        assertEquals(Map.of(), result.whyNot());
        assertEquals(subjects, result.series().size());
        for (Series series : result.series()) {
            for (Window window : series.windows()) {
                assertTrue(window.sent() > 0, series.subject());
                assertEquals(window.sent(), window.arrived(), series.subject());
                assertEquals(0, window.duplicates(), series.subject());
                assertEquals(0, window.atWrongBackend(), series.subject());
                assertEquals(0, window.socketDrops() + window.endDrops(), series.subject());
                assertEquals(Map.of(), window.account().drops(), series.subject());
                assertEquals(window.arrived(), window.latency().getTotalCount(), series.subject());
            }
        }
    }

    @Test
    void everythingArrivesThroughTheBaselineAndThroughHoming() throws IOException {
        Result result =
                measure(
                        Shape.SINGLES.load(),
                        Subjects.BASELINE,
                        Subjects.RUN_TO_COMPLETION,
                        Subjects.HANDOFF);

        nothingIsLost(result, 4);
        assertEquals(
                64,
                result.of(Subjects.RUN_TO_COMPLETION)
                        .orElseThrow()
                        .windows()
                        .getFirst()
                        .account()
                        .sessions());
    }

    @Test
    void everythingComesBackToItsClients() throws IOException {
        nothingIsLost(
                measure(
                        Shape.SINGLES.load().toward(Direction.RETURN),
                        Subjects.BASELINE,
                        Subjects.NETTY,
                        Subjects.RUN_TO_COMPLETION),
                4);
    }

    @Test
    void trainsArriveDatagramByDatagram() throws IOException {
        Load trains = Shape.TRAINS.load().sized(200, 4, 8, 1);

        nothingIsLost(measure(trains, Subjects.BASELINE, Subjects.RUN_TO_COMPLETION), 3);
    }

    @Test
    void whoChangesAddressReachesTheSameBackend() throws IOException {
        nothingIsLost(
                measure(
                        Shape.MIGRATING.load().sized(200, 1, 4, 1),
                        Subjects.RUN_TO_COMPLETION,
                        Subjects.HANDOFF),
                2);
    }

    @Test
    void whatIsWatchedIsMeasuredInTurnWithTheSameProcessUnwatched() throws IOException {
        nothingIsLost(
                measure(
                        Shape.FLOWS.load().sized(200, 1, 100, 8),
                        Subjects.RUN_TO_COMPLETION,
                        Subjects.WATCHED),
                2);
    }

    @Test
    void whatCannotBeMeasuredSaysWhy() throws IOException {
        Result result =
                measure(
                        Shape.FLOWS.load().sized(200, 1, 20_000, 8),
                        Subjects.BASELINE,
                        Subjects.NETTY);

        assertEquals(2, result.whyNot().size());
        assertTrue(result.whyNot().containsKey(Subjects.BASELINE), result.whyNot().toString());
        assertTrue(
                ResultSection.of(result)
                        .rows()
                        .toString()
                        .contains("not measured: it has a socket"),
                ResultSection.of(result).rows().toString());
    }
}
