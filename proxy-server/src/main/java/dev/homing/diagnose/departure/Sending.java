package dev.homing.diagnose.departure;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Losses;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Severity;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.observe.path.DropPlace;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;

/// What the kernel of this machine, or its interfaces, do not let out.
public final class Sending implements Check {

    private static final double SMALL_SHARE = 0.001;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        for (Side from : Side.values()) {
            double refused = Losses.dropped(interval, from, DropReason.UNREACHABLE);
            if (refused > 0) {
                double sent = interval.increase(Series.SENT, "side", from.other().label());
                findings.add(
                        Finding.of(
                                        DepartureTrouble.FORBIDDEN,
                                        "%s datagrams to %ss were refused, %s were sent"
                                                .formatted(
                                                        Figures.count(refused),
                                                        from.other().label(),
                                                        Figures.count(sent)))
                                .at(DropPlace.of(from, DropReason.UNREACHABLE))
                                .losing(refused));
            }
        }
        for (String name : interval.after().labels(Series.NIC, "interface")) {
            double dropped = increase(interval, name, "tx_dropped");
            double sent = increase(interval, name, "tx_packets");
            if (dropped > 0) {
                findings.add(
                        Finding.of(
                                        DepartureTrouble.NIC_REFUSES,
                                        "%s dropped %s packets and sent %s"
                                                .formatted(
                                                        name,
                                                        Figures.count(dropped),
                                                        Figures.count(sent)))
                                .as(dropped >= SMALL_SHARE * sent ? Severity.ERROR : Severity.INFO)
                                .about(name)
                                .losing(dropped)
                                .with("interface", name));
            }
        }
        return findings;
    }

    private static double increase(Interval interval, String name, String counter) {
        return interval.increase(Series.NIC, "interface", name, "counter", counter);
    }
}
