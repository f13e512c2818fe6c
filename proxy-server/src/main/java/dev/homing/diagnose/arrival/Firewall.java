package dev.homing.diagnose.arrival;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Severity;
import dev.homing.observe.path.KernelHops;
import dev.homing.observe.path.Loss;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;

/// Packets that reach the IP layer and not the protocol above it
/// ([dev.homing.observe.path.KernelHops#FILTERED]), and fragments.
public final class Firewall implements Check {

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        Loss loss = KernelHops.FILTERED;
        double taken = loss.increase(interval).orElse(0);
        double perSecond = taken / interval.seconds();
        double delivered = interval.increase(Series.IP, "counter", "in_delivers");
        double ours = interval.increase(Series.RECEIVED, "side", "client");
        if (!loss.isUsual(perSecond, 0, delivered / interval.seconds())) {
            boolean isLarge =
                    !loss.isUsual(
                            perSecond, ours / interval.seconds(), delivered / interval.seconds());
            findings.add(
                    Finding.of(
                                    ArrivalTrouble.FILTERED,
                                    "%s packets came to the IP layer and were not delivered (%s a second); %s were"
                                            .formatted(
                                                    Figures.count(taken),
                                                    Figures.rate(perSecond),
                                                    Figures.count(delivered)),
                                    "Homing received %s datagrams from clients"
                                            .formatted(Figures.count(ours)))
                            .as(isLarge ? Severity.ERROR : Severity.INFO)
                            .losing(taken));
        }
        double needed = increase(interval, "reassembly_needed");
        double failed = increase(interval, "reassembly_failed");
        if (failed / interval.seconds() >= 1) {
            findings.add(
                    Finding.of(
                                    ArrivalTrouble.FRAGMENTS_LOST,
                                    "%s fragments came, and %s times the rest did not"
                                            .formatted(
                                                    Figures.count(needed), Figures.count(failed)))
                            .losing(failed));
        } else if (needed / interval.seconds() >= 1) {
            findings.add(
                    Finding.of(
                            ArrivalTrouble.FRAGMENTS,
                            "%s fragments came".formatted(Figures.count(needed))));
        }
        return findings;
    }

    private static double increase(Interval interval, String counter) {
        return interval.increase(Series.IP, "counter", counter);
    }
}
