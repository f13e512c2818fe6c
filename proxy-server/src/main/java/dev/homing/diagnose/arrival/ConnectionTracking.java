package dev.homing.diagnose.arrival;

import dev.homing.diagnose.finding.Advice;
import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;

/// Whether netfilter follows flows that it need not, and has room for them.
public final class ConnectionTracking implements Check {

    private static final double NEARLY_FULL = 0.8;

    /// With fewer sessions nobody can tell whose the entries are.
    private static final double SESSIONS_LEAST = 100;

    @Override
    public List<Finding> findings(Interval interval) {
        double entries = interval.after().value(Series.CONNTRACK_ENTRIES).orElse(0);
        double max = interval.after().value(Series.CONNTRACK_MAX).orElse(0);
        if (max == 0) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        String fill =
                "%s of %s entries are in use (%s)"
                        .formatted(
                                Figures.count(entries),
                                Figures.count(max),
                                Figures.percent(entries / max));
        double dropped = interval.increase(Series.CONNTRACK, "counter", "drop");
        double refused = interval.increase(Series.CONNTRACK, "counter", "insert_failed");
        double early = interval.increase(Series.CONNTRACK, "counter", "early_drop");
        boolean isFull = entries >= NEARLY_FULL * max;
        if (dropped > 0 || isFull && early + refused > 0) {
            findings.add(
                    filled(
                                    interval,
                                    max,
                                    Finding.of(
                                            ArrivalTrouble.CONNTRACK_DROPS,
                                            "%s packets were dropped, %s entries were not made, %s were thrown out early"
                                                    .formatted(
                                                            Figures.count(dropped),
                                                            Figures.count(refused),
                                                            Figures.count(early)),
                                            fill))
                            .losing(dropped + refused));
        } else if (isFull) {
            findings.add(
                    filled(interval, max, Finding.of(ArrivalTrouble.CONNTRACK_NEARLY_FULL, fill)));
        }
        double sessions = interval.after().sum(Series.SESSIONS);
        if (findings.isEmpty() && sessions >= SESSIONS_LEAST && entries >= sessions) {
            findings.add(
                    filled(
                            interval,
                            max,
                            Finding.of(
                                    ArrivalTrouble.CONNTRACK_ON_THE_WAY,
                                    "%s entries, %s sessions"
                                            .formatted(
                                                    Figures.count(entries),
                                                    Figures.count(sessions)))));
        }
        return findings;
    }

    private static Finding filled(Interval interval, double max, Finding finding) {
        return finding.with("port", Advice.port(interval.after()))
                .with("entries", (long) (4 * max));
    }
}
