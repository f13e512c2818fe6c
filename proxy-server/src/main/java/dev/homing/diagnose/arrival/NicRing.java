package dev.homing.diagnose.arrival;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Severity;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;

/// What an interface says that it lost, or got damaged.
public final class NicRing implements Check {

    /// `rx_dropped` counts protocols that nobody handles, too; a switch's announcements are few.
    private static final double MANY = 0.01;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        for (String name : interval.after().labels(Series.NIC, "interface")) {
            double received = increase(interval, name, "rx_packets");
            double ring = ringLosses(interval, name);
            double dropped = increase(interval, name, "rx_dropped");
            double damaged = increase(interval, name, "rx_errors");
            if (ring > 0) {
                findings.add(
                        Finding.of(
                                        ArrivalTrouble.NIC_RING_FULL,
                                        "%s missed %s packets and took %s"
                                                .formatted(
                                                        name,
                                                        Figures.count(ring),
                                                        Figures.count(received)))
                                .losing(ring)
                                .about(name)
                                .with("interface", name));
            }
            if (dropped > MANY * received) {
                findings.add(
                        Finding.of(
                                        ArrivalTrouble.NIC_DROPS,
                                        "%s dropped %s packets and took %s"
                                                .formatted(
                                                        name,
                                                        Figures.count(dropped),
                                                        Figures.count(received)))
                                .losing(dropped)
                                .about(name)
                                .with("interface", name));
            }
            // Drivers count what they miss as errors, too.
            if (damaged > ring) {
                findings.add(
                        Finding.of(
                                        ArrivalTrouble.NIC_ERRORS,
                                        "%s counted %s errors and %s good packets"
                                                .formatted(
                                                        name,
                                                        Figures.count(damaged),
                                                        Figures.count(received)))
                                .as(damaged > MANY * received ? Severity.WARNING : Severity.INFO)
                                .losing(damaged - ring)
                                .about(name)
                                .with("interface", name));
            }
        }
        return findings;
    }

    /// Drivers count what the ring had no room for as one or the other, and some as both.
    public static double ringLosses(Interval interval, String name) {
        return Math.max(increase(interval, name, "rx_missed"), increase(interval, name, "rx_fifo"));
    }

    private static double increase(Interval interval, String name, String counter) {
        return interval.increase(Series.NIC, "interface", name, "counter", counter);
    }
}
