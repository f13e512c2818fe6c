package dev.homing.diagnose.inside;

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
import dev.homing.observe.samples.Sample;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Each drop reason with what it says itself, unless another check knows more.
public final class Reasons implements Check {

    /// [Malformed], [HandoffQueues], [SourcePorts], and the check of sending.
    private static final Set<DropReason> OF_OTHERS =
            EnumSet.of(
                    DropReason.EMPTY,
                    DropReason.TRUNCATED_HEADER,
                    DropReason.NO_CLIENT_PORT,
                    DropReason.QUEUE_FULL,
                    DropReason.NO_SLOT,
                    DropReason.NO_SOURCE_TUPLE,
                    DropReason.UNREACHABLE);

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        for (Side side : Side.values()) {
            double received = interval.increase(Series.RECEIVED, "side", side.label());
            for (DropReason reason : DropReason.values()) {
                double lost = Losses.dropped(interval, side, reason);
                if (lost > 0
                        && !(side == Side.CLIENT && OF_OTHERS.contains(reason))
                        && reason != DropReason.UNREACHABLE) {
                    findings.add(dropped(interval, side, reason, lost, received));
                }
            }
        }
        if (isWithoutBackend(interval)) {
            findings.add(
                    Finding.of(
                            InsideTrouble.NO_BACKEND,
                            "none of %s backends is active"
                                    .formatted(
                                            interval.after()
                                                    .labels(Series.BACKEND_STATE, "backend")
                                                    .size())));
        }
        return findings;
    }

    private static Finding dropped(
            Interval interval, Side side, DropReason reason, double lost, double received) {
        List<String> evidence = new ArrayList<>();
        evidence.add(
                "%s datagrams from %ss were dropped as %s (%s of them): %s"
                        .formatted(
                                Figures.count(lost),
                                side.label(),
                                reason.label(),
                                Figures.percent(received > 0 ? lost / received : 1),
                                reason.sentence()));
        if (reason == DropReason.TOO_BIG) {
            for (Sample mtu : interval.after().all(Series.NIC_MTU)) {
                evidence.add(
                        "%s takes packets of %s octets"
                                .formatted(mtu.label("interface"), Figures.count(mtu.value())));
            }
        }
        boolean isExpected = DropPlace.isUsual(reason) && lost < DropPlace.USUAL_SHARE * received;
        InsideTrouble trouble =
                reason == DropReason.NO_BACKEND ? InsideTrouble.NO_BACKEND : InsideTrouble.DROPPED;
        Finding found =
                Finding.of(trouble, evidence.toArray(new String[0]))
                        .at(DropPlace.of(side, reason))
                        .about(reason.label())
                        .losing(lost)
                        .as(
                                isExpected
                                        ? Severity.INFO
                                        : DropPlace.isUsual(reason)
                                                ? Severity.WARNING
                                                : Severity.ERROR);
        return trouble == InsideTrouble.DROPPED ? found.remedy(reason.remedy(), "") : found;
    }

    private static boolean isWithoutBackend(Interval interval) {
        return interval.after().has(Series.BACKEND_STATE)
                && interval.after().sum(Series.BACKEND_STATE, "state", "active") == 0
                && Losses.dropped(interval, Side.CLIENT, DropReason.NO_BACKEND) == 0;
    }
}
