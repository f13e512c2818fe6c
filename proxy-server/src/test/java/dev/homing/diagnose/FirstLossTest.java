package dev.homing.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.observe.path.DatagramPath;
import dev.homing.observe.path.Hop;
import dev.homing.observe.path.KernelHops;
import dev.homing.observe.path.Loss;
import dev.homing.observe.path.Place;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.top.Line;
import dev.homing.observe.top.TopText;
import dev.homing.observe.top.reading.TopReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `homing top` and the live page call the first loss, and what the doctor does: each counter
/// that they know grows alone.
final class FirstLossTest {

    private static final double MANY = 150_000;
    private static final double NONE = 0;
    private static final int ANY_LENGTH = 1000;

    /// @param name of the place and the counter
    record Case(String name, Place place, Loss loss) {

        /// Two readings of an instance that loses so many here and none elsewhere.
        Interval lost(double count) {
            List<String> pairs = loss.counter().labels();
            Map<String, String> labels = new HashMap<>();
            for (int i = 0; i < pairs.size(); i += 2) {
                labels.put(pairs.get(i), pairs.get(i + 1));
            }
            Scene scene = Scene.healthy().shows(100_000, Series.CONNTRACK_MAX);
            return scene.growsSomewhere(passed() + count, loss.counter().metric(), labels)
                    .interval();
        }

        /// What is delivered, and so no loss: the IP layer counts all that it receives.
        private double passed() {
            return loss.equals(KernelHops.FILTERED) ? Scene.PACKETS : 0;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (DatagramPath path : DatagramPath.ALL) {
            for (Hop hop : path.hops()) {
                assertTrue(!hop.losses().isEmpty(), () -> hop.place() + " loses nothing, ever");
                for (Loss loss : hop.losses()) {
                    cases.add(new Case(hop.place() + " " + loss.counter(), hop.place(), loss));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAtTheSamePlaceForTopAndForTheDoctor(Case each) {
        Interval interval = each.lost(MANY);
        Diagnosis diagnosis = Examination.of(interval);
        TopReading top = TopReading.of(interval);

        assertEquals(
                Optional.of(each.place()),
                diagnosis.firstLoss().map(Finding::place),
                () -> diagnosis.findings().toString());
        assertEquals(
                Optional.of(each.place()), top.firstLoss().map(first -> first.hop().hop().place()));
        String name = "irst loss: " + each.place().fullTitle() + ", ";
        assertTrue(diagnosis.verdict().startsWith("F" + name), diagnosis.verdict());
        String shown =
                TopText.lines(top, "", ANY_LENGTH, ANY_LENGTH).stream()
                        .map(Line::text)
                        .collect(Collectors.joining("\n"));
        assertTrue(shown.contains("\nf" + name), shown);
        assertEquals(
                List.of(each.place()),
                diagnosis.way().stream()
                        .filter(stage -> stage.lost().orElse(0) > 0)
                        .map(Stage::place)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isNowhereWhileTheCounterStandsStill(Case each) {
        Interval interval = each.lost(NONE);

        assertEquals(Optional.empty(), Examination.of(interval).firstLoss().map(Finding::place));
        assertEquals(Optional.empty(), TopReading.of(interval).firstLoss());
    }
}
