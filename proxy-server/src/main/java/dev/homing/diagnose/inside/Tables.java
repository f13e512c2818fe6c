package dev.homing.diagnose.inside;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Losses;
import dev.homing.diagnose.finding.Series;
import dev.homing.ledger.Event;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Samples;
import java.util.ArrayList;
import java.util.List;

/// How full the tables of sessions and connection IDs are.
public final class Tables implements Check {

    private static final double NEARLY_FULL = 0.9;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        Samples now = interval.after();
        double sessions = now.sum(Series.SESSIONS);
        double sessionsMax = now.sum(Series.SESSIONS_MAX);
        if (isNearlyFull(sessions, sessionsMax)) {
            findings.add(
                    Finding.of(
                                    InsideTrouble.SESSIONS_NEARLY_FULL,
                                    "%s of %s sessions are open"
                                            .formatted(
                                                    Figures.count(sessions),
                                                    Figures.count(sessionsMax)))
                            .with("sessions", (long) (2 * sessionsMax)));
        }
        halfOpen(interval, findings);
        connectionIds(interval, findings);
        return findings;
    }

    private static void halfOpen(Interval interval, List<Finding> findings) {
        double halfOpen = interval.after().sum(Series.SESSIONS, "state", "half_open");
        double max = interval.after().sum(Series.HALF_OPEN_MAX);
        double evicted = Losses.happened(interval, Event.SESSION_EVICTED);
        if (evicted > 0 || isNearlyFull(halfOpen, max)) {
            findings.add(
                    Finding.of(
                                    InsideTrouble.HALF_OPEN_FLOOD,
                                    "%s of %s sessions that may be half-open are"
                                            .formatted(Figures.count(halfOpen), Figures.count(max)),
                                    "%s made room for newer ones, of %s opened"
                                            .formatted(
                                                    Figures.count(evicted),
                                                    Figures.count(
                                                            Losses.happened(
                                                                    interval,
                                                                    Event.SESSION_OPENED))))
                            .with("sessions", (long) Math.max(1, 2 * max)));
        }
    }

    private static void connectionIds(Interval interval, List<Finding> findings) {
        double known = interval.after().sum(Series.CONNECTION_IDS);
        double max = interval.after().sum(Series.CONNECTION_IDS_MAX);
        double refused = Losses.happened(interval, Event.CONNECTION_ID_REFUSED);
        if (refused > 0 || isNearlyFull(known, max)) {
            findings.add(
                    Finding.of(
                                    InsideTrouble.CONNECTION_IDS_FULL,
                                    "%s of %s connection IDs are known"
                                            .formatted(Figures.count(known), Figures.count(max)),
                                    "%s were not learned".formatted(Figures.count(refused)))
                            .with("ids", (long) Math.max(1, 2 * max)));
        }
    }

    private static boolean isNearlyFull(double used, double max) {
        return max > 0 && used >= NEARLY_FULL * max;
    }
}
