package dev.homing.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Severity;
import dev.homing.diagnose.finding.Trouble;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.observe.path.DropPlace;
import dev.homing.observe.path.Place;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExaminationTest {

    static Stream<Row> rows() {
        return Stream.of(ArrivalRows.all(), InsideRows.all(), DepartureRows.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void findsThatAndNothingElse(Row row) {
        row.assertFound();
    }

    @Test
    void everyTroubleIsInTheTable() {
        Set<String> found =
                rows().flatMap(row -> row.findings().stream())
                        .map(finding -> finding.trouble().label())
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all =
                Examination.troubles().stream()
                        .map(Trouble::label)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(all, found);
    }

    @Test
    void everyDropReasonIsToldOfOnBothSides() {
        for (Side side : Side.values()) {
            for (DropReason reason : DropReason.values()) {
                List<Finding> findings =
                        Examination.of(Scene.healthy().dropped(7, side, reason).interval())
                                .findings();
                assertEquals(1, findings.size(), () -> side + " " + reason + ": " + findings);
                assertEquals(7, findings.getFirst().lost());
                assertEquals(DropPlace.of(side, reason), findings.getFirst().place());
            }
        }
    }

    @Test
    void saysWhereDatagramsAreLostFirstThoughLaterStepsLoseMore() {
        Diagnosis diagnosis =
                Examination.of(
                        Scene.healthy()
                                .dropped(90_000, Side.CLIENT, DropReason.SESSIONS_FULL)
                                .grows(
                                        50,
                                        Series.SOCKET_DROPS,
                                        "listener",
                                        "[::]:4433",
                                        "thread",
                                        "recv-0")
                                .busy(0.97, "recv-0")
                                .interval());

        assertFalse(diagnosis.isHealthy());
        assertEquals(Place.SOCKET, diagnosis.firstLoss().orElseThrow().place());
        assertEquals(
                "First loss: Socket (clients to backends), recv-0, 5.0 datagrams a second. Datagrams come faster than the"
                        + " thread takes them from its socket. A larger buffer will not help.",
                diagnosis.verdict());
        assertEquals(
                "[recv-0's socket at [::]:4433 lost 50 datagrams and received 100 000; recv-0 was busy 97 % of the time, and"
                        + " waited for a CPU 3 % of it, a socket's buffer holds 8 MiB]",
                diagnosis.findings().getFirst().evidence().toString());
        assertEquals(
                "homing run --set threads.receivers=3 --set sockets.trains=true",
                diagnosis.findings().getFirst().command());
    }

    @Test
    void saysHowLargeABufferWouldHaveTakenABurst() {
        Finding finding =
                Examination.of(
                                Scene.healthy()
                                        .grows(
                                                10_000,
                                                Series.SOCKET_DROPS,
                                                "listener",
                                                "[::]:4433",
                                                "thread",
                                                "recv-0")
                                        .interval())
                        .findings()
                        .getFirst();
        // 8 MiB are there, and 2750 of 640 + 2048 octets come in a quarter of a second; the kernel
        // doubles.
        assertEquals(
                "sysctl -w net.core.rmem_max=8388608; homing run --set sockets.receive-buffer=8388608",
                finding.command());
    }

    @Test
    void isHealthyWithNotesAlone() {
        Diagnosis diagnosis =
                Examination.of(
                        Scene.healthy().dropped(9, Side.CLIENT, DropReason.EMPTY).interval());
        assertTrue(diagnosis.isHealthy());
        assertEquals(Severity.INFO, diagnosis.findings().getFirst().severity());
        assertEquals(
                "Nothing is lost. 20 000 datagrams a second came from clients, and 20 000 from backends.",
                diagnosis.verdict());
    }

    @Test
    void drawsTheWayInItsOrder() {
        List<Stage> way = Examination.of(Scene.healthy().interval()).way();
        assertEquals(
                Stream.of(Place.values())
                        .filter(place -> place.compareTo(Place.INSTANCE) < 0)
                        .toList(),
                way.stream().map(Stage::place).toList());
        for (Stage stage : way) {
            assertTrue(stage.passed().orElse(0) >= 20_000 || stage.place() == Place.BACKEND);
            assertEquals(0, stage.lost().orElse(0), stage::toString);
        }
    }

    @Test
    void looksAtAMachineAlone() {
        Diagnosis diagnosis =
                Examination.of(
                        Scene.machineAlone()
                                .grows(
                                        9,
                                        Series.UDP,
                                        "family",
                                        "ip4",
                                        "counter",
                                        "receive_buffer_errors")
                                .interval());
        assertEquals(
                List.of(Place.NIC, Place.SOFTIRQ, Place.FIREWALL, Place.UDP, Place.SOCKET),
                diagnosis.way().stream().map(Stage::place).toList());
        assertEquals("sockets-overflow", diagnosis.findings().getFirst().trouble().label());
    }

    @Test
    void saysNothingOfNothing() throws Exception {
        Interval empty = new Interval(Samples.parse(""), Samples.parse(""), Duration.ofSeconds(1));
        Diagnosis diagnosis = Examination.of(empty);
        assertEquals(List.of(), diagnosis.findings());
        assertTrue(diagnosis.unknown().size() > 3);
    }
}
