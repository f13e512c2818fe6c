package dev.homing.diagnose.inside;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.observe.samples.Interval;
import java.util.List;

/// Whether the connection IDs that clients use are such as the pool's scheme reads. Those that they
/// make up themselves for a first packet do not count.
public final class UnreadableIds implements Check {

    /// Fewer are strangers' and those of connections from before a change of keys.
    private static final double MUCH = 0.05;

    @Override
    public List<Finding> findings(Interval interval) {
        double unreadable = interval.increase(Series.UNDECODABLE);
        double received = interval.increase(Series.RECEIVED, "side", "client");
        if (unreadable == 0 || unreadable < MUCH * received) {
            return List.of();
        }
        String[] evidence =
                interval.after().labels(Series.UNDECODABLE, "reason").stream()
                        .filter(reason -> of(interval, reason) > 0)
                        .map(reason ->
                                "%s of %s datagrams had one that is %s"
                                        .formatted(
                                                Figures.count(of(interval, reason)),
                                                Figures.count(received),
                                                reason.replace('_', ' ')))
                        .toArray(String[]::new);
        return List.of(Finding.of(InsideTrouble.CONNECTION_IDS_UNREADABLE, evidence));
    }

    private static double of(Interval interval, String reason) {
        return interval.increase(Series.UNDECODABLE, "reason", reason);
    }
}
