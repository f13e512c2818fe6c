package dev.homing.bench.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.bench.quic.QuicLoad.Kind;
import dev.homing.bench.report.ProgressLine;
import dev.homing.bench.report.Section;
import dev.homing.bench.subject.Direct;
import dev.homing.bench.subject.Homing;
import dev.homing.bench.subject.Subject;
import dev.homing.bench.subject.Subjects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Short runs of every load with processes of their own, as from the command line.
class QuicRunTest {

    private static final List<Subject> SUBJECTS =
            List.of(
                    new Direct(),
                    new Homing(Subjects.RUN_TO_COMPLETION, 0, false),
                    new Homing(Subjects.HANDOFF, 1, false));

    static Stream<Arguments> loads() {
        return Stream.of(
                Arguments.of(new QuicLoad(Kind.HANDSHAKES, 60, 8, 1000, 0), 60_000),
                Arguments.of(new QuicLoad(Kind.HANDSHAKES, 30, 8, 1000, 100), 30_000),
                Arguments.of(new QuicLoad(Kind.DOWN, 3, 3, 500_001, 0), 1_500_003),
                Arguments.of(new QuicLoad(Kind.ECHO, 3, 3, 500_001, 0), 1_500_003),
                Arguments.of(new QuicLoad(Kind.MOVING, 8, 4, 200_000, 0), 1_600_000));
    }

    @ParameterizedTest
    @MethodSource("loads")
    void everyConnectionIsKeptAndEveryOctetArrives(QuicLoad load, long bytes) throws IOException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        List<Section> sections;
        try (ProgressLine progress = new ProgressLine(nowhere, false)) {
            sections = new QuicRun(List.of(load), SUBJECTS, 1, 0).run(progress);
        }
        Section section = sections.getFirst();
        int measured = 0;
        for (Map<String, Object> subject : section.values()) {
            if (subject.containsKey("not-measured")) {
                assertEquals(Direct.NAME, subject.get("subject"), subject::toString);
                continue;
            }
            measured++;
            List<?> rounds = (List<?>) subject.get("rounds");
            assertEquals(1, rounds.size());
            for (Object round : rounds) {
                Map<?, ?> counts = (Map<?, ?>) round;
                assertEquals((long) load.connections(), counts.get("done"), counts::toString);
                assertEquals(0L, counts.get("lost"), counts::toString);
                assertEquals(0L, counts.get("wrong"), counts::toString);
                assertEquals(bytes, counts.get("bytes"), counts::toString);
                assertEquals(Map.of(), counts.get("drops"), counts::toString);
            }
            boolean isDirect = Direct.NAME.equals(subject.get("subject"));
            assertEquals(isDirect, cpuNanos(rounds) == 0, "CPU time of " + subject);
        }
        // One server only can be talked to directly.
        assertEquals(load.servers() == 1 ? 3 : 2, measured);
        assertTrue(section.rows().stream().allMatch(row -> row.size() == section.columns().size()));
    }

    private static long cpuNanos(List<?> rounds) {
        return rounds.stream()
                .mapToLong(round -> ((Number) ((Map<?, ?>) round).get("cpu-nanos")).longValue())
                .sum();
    }
}
