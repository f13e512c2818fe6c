package dev.homing.diagnose.arrival;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Severity;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;

/// Packets that reach the IP layer and not the protocol above it. No counter of the kernel's says
/// that a rule dropped a packet; what is left of the IP layer's own account does:
///
/// ```
/// in_receives = in_delivers + forwarded + header and address errors + unknown protocols
///             + fragments that were put together or waited for + multicast of others
///             + what netfilter, or the reverse path filter, took
/// ```
public final class Firewall implements Check {

    /// Fewer are the noise of any network.
    private static final double LEAST_A_SECOND = 10;

    private static final double SMALL_SHARE = 0.01;
    private static final double LARGE_SHARE = 0.1;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        double taken = taken(interval);
        double delivered = interval.increase(Series.IP, "counter", "in_delivers");
        double ours = interval.increase(Series.RECEIVED, "side", "client");
        boolean isMuch = taken / interval.seconds() >= LEAST_A_SECOND;
        if (isMuch && taken >= SMALL_SHARE * (taken + delivered)) {
            // On a public machine there is always something to drop: what matters is how much that
            // is beside Homing's own traffic.
            boolean isLarge = taken >= LARGE_SHARE * (taken + ours);
            findings.add(
                    Finding.of(
                                    ArrivalTrouble.FILTERED,
                                    "%s packets came to the IP layer and were not delivered (%s a second); %s were"
                                            .formatted(
                                                    Figures.count(taken),
                                                    Figures.rate(taken / interval.seconds()),
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

    /// How many packets were taken off the way in the IP layer.
    public static double taken(Interval interval) {
        double taken = 0;
        for (String family : interval.after().labels(Series.IP, "family")) {
            double left =
                    ofFamily(interval, family, "in_receives")
                            - ofFamily(interval, family, "in_delivers")
                            - ofFamily(interval, family, "forwarded")
                            - ofFamily(interval, family, "in_header_errors")
                            - ofFamily(interval, family, "in_address_errors")
                            - ofFamily(interval, family, "in_unknown_protocols")
                            - ofFamily(interval, family, "in_multicast")
                            - ofFamily(interval, family, "reassembly_needed")
                            + ofFamily(interval, family, "reassembled");
            taken += Math.max(0, left);
        }
        return taken;
    }

    private static double ofFamily(Interval interval, String family, String counter) {
        return interval.increase(Series.IP, "family", family, "counter", counter);
    }

    private static double increase(Interval interval, String counter) {
        return interval.increase(Series.IP, "counter", counter);
    }
}
