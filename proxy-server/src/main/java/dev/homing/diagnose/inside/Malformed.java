package dev.homing.diagnose.inside;

import dev.homing.diagnose.finding.Advice;
import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Losses;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Severity;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// How much of what clients send is no QUIC.
public final class Malformed implements Check {

    static final Set<DropReason> REASONS =
            EnumSet.of(DropReason.EMPTY, DropReason.TRUNCATED_HEADER, DropReason.NO_CLIENT_PORT);

    private static final double MUCH = 0.1;
    private static final double MANY_A_SECOND = 10;

    @Override
    public List<Finding> findings(Interval interval) {
        double malformed = 0;
        List<String> evidence = new ArrayList<>();
        for (DropReason reason : REASONS) {
            double ofReason = Losses.dropped(interval, Side.CLIENT, reason);
            malformed += ofReason;
            if (ofReason > 0) {
                evidence.add(
                        "%s datagrams were dropped as %s: %s"
                                .formatted(
                                        Figures.count(ofReason),
                                        reason.label(),
                                        reason.sentence()));
            }
        }
        if (malformed == 0) {
            return List.of();
        }
        double received = interval.increase(Series.RECEIVED, "side", "client");
        evidence.add(
                "that is %s of what clients sent".formatted(Figures.percent(malformed / received)));
        boolean isFlood =
                malformed >= MUCH * received && malformed / interval.seconds() >= MANY_A_SECOND;
        return List.of(
                Finding.of(InsideTrouble.MALFORMED, evidence.toArray(new String[0]))
                        .as(isFlood ? Severity.WARNING : Severity.INFO)
                        .losing(malformed)
                        .with("port", Advice.port(interval.after())));
    }
}
