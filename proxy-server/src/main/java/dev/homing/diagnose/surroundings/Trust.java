package dev.homing.diagnose.surroundings;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Samples;
import java.util.ArrayList;
import java.util.List;

/// Whether the instance's numbers hold together.
public final class Trust implements Check {

    /// Counters are read one after the other while datagrams pass, so that there is always a
    /// difference: as much as passes in this time.
    private static final double READING_SECONDS = 0.25;

    /// What threads may hold in their hands.
    private static final double IN_HAND = 4096;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        if (interval.isRestarted()) {
            findings.add(
                    Finding.of(
                            SurroundingTrouble.RESTARTED,
                            interval.wentBack().isEmpty()
                                    ? "its start time is another one"
                                    : "%s counters went back, such as %s"
                                            .formatted(
                                                    interval.wentBack().size(),
                                                    interval.wentBack().iterator().next())));
            return findings;
        }
        books(interval, "client", "backend", findings);
        books(interval, "backend", "client", findings);
        return findings;
    }

    private static void books(Interval interval, String from, String to, List<Finding> findings) {
        double moved =
                interval.increase(Series.RECEIVED, "side", from)
                        + interval.increase(Series.SENT, "side", to);
        double tolerance = moved == 0 ? 0 : IN_HAND + moved / interval.seconds() * READING_SECONDS;
        double before = missing(interval.before(), from, to);
        double after = missing(interval.after(), from, to);
        // At rest the same number is missing in both; under way, it is another one each time.
        double missing = Math.min(Math.abs(before), Math.abs(after));
        if (missing > tolerance && before * after > 0) {
            findings.add(
                    Finding.of(
                            SurroundingTrouble.BOOKS_OFF,
                            "of what %ss sent, %s datagrams are unaccounted for"
                                    .formatted(from, Figures.count(missing))));
        }
    }

    private static double missing(Samples samples, String from, String to) {
        return samples.sum(Series.RECEIVED, "side", from)
                - samples.sum(Series.SENT, "side", to)
                - samples.sum(Series.DROPPED, "side", from)
                - (from.equals("client") ? samples.sum(Series.QUEUE_DEPTH) : 0);
    }
}
