package dev.homing.diagnose;

import dev.homing.diagnose.arrival.ArrivalTrouble;
import dev.homing.diagnose.arrival.BufferSizes;
import dev.homing.diagnose.arrival.ConnectionTracking;
import dev.homing.diagnose.arrival.Firewall;
import dev.homing.diagnose.arrival.NicRing;
import dev.homing.diagnose.arrival.SocketBuffers;
import dev.homing.diagnose.arrival.Softirq;
import dev.homing.diagnose.arrival.SoftirqSpread;
import dev.homing.diagnose.arrival.UdpStack;
import dev.homing.diagnose.departure.AnswerBuffers;
import dev.homing.diagnose.departure.BackendHealth;
import dev.homing.diagnose.departure.Backends;
import dev.homing.diagnose.departure.DepartureTrouble;
import dev.homing.diagnose.departure.Sending;
import dev.homing.diagnose.departure.Trains;
import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Trouble;
import dev.homing.diagnose.inside.BusyThreads;
import dev.homing.diagnose.inside.HandoffQueues;
import dev.homing.diagnose.inside.InsideTrouble;
import dev.homing.diagnose.inside.Malformed;
import dev.homing.diagnose.inside.Reasons;
import dev.homing.diagnose.inside.ReceiverSpread;
import dev.homing.diagnose.inside.SourcePorts;
import dev.homing.diagnose.inside.StoppedThreads;
import dev.homing.diagnose.inside.Tables;
import dev.homing.diagnose.inside.UnreadableIds;
import dev.homing.diagnose.surroundings.Cpus;
import dev.homing.diagnose.surroundings.SlowClock;
import dev.homing.diagnose.surroundings.SurroundingTrouble;
import dev.homing.diagnose.surroundings.Trust;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// From two readings to a diagnosis: every check looks, and what they found is put in order.
public final class Examination {

    /// In the order of the way.
    private static final List<Check> CHECKS =
            List.of(
                    new NicRing(),
                    new Softirq(),
                    new SoftirqSpread(),
                    new Firewall(),
                    new ConnectionTracking(),
                    new UdpStack(),
                    new SocketBuffers(),
                    new BufferSizes(),
                    new Malformed(),
                    new UnreadableIds(),
                    new ReceiverSpread(),
                    new StoppedThreads(),
                    new HandoffQueues(),
                    new BusyThreads(),
                    new SourcePorts(),
                    new Tables(),
                    new Reasons(),
                    new Sending(),
                    new Trains(),
                    new Backends(),
                    new BackendHealth(),
                    new AnswerBuffers(),
                    new Trust(),
                    new Cpus(),
                    new SlowClock());

    private static final Comparator<Finding> ORDER =
            Comparator.comparing((Finding finding) -> !finding.isLoss())
                    .thenComparing(finding ->
                            finding.isLoss()
                                    ? finding.place().ordinal()
                                    : finding.severity().ordinal())
                    .thenComparing(Finding::severity)
                    .thenComparing(Finding::place);

    private Examination() {}

    /// All that can be found, in the order of the way.
    public static List<Trouble> troubles() {
        return Stream.<Trouble[]>of(
                        ArrivalTrouble.values(),
                        InsideTrouble.values(),
                        DepartureTrouble.values(),
                        SurroundingTrouble.values())
                .flatMap(Stream::of)
                .toList();
    }

    public static Diagnosis of(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : CHECKS) {
            findings.addAll(check.findings(interval));
        }
        findings.sort(ORDER);
        return new Diagnosis(
                interval.seconds(),
                verdict(interval, findings),
                Way.of(interval),
                findings,
                Unknown.of(interval.after()));
    }

    private static String verdict(Interval interval, List<Finding> findings) {
        long problems = findings.stream().filter(found -> found.severity().isProblem()).count();
        return Diagnosis.firstLoss(findings)
                .map(loss ->
                        "First loss: %s%s, %s datagrams a second. %s"
                                .formatted(
                                        loss.place().fullTitle(),
                                        loss.about().isEmpty() ? "" : ", " + loss.about(),
                                        Figures.rate(loss.lost() / interval.seconds()),
                                        loss.trouble().account().sentence()))
                .orElseGet(() ->
                        problems > 0
                                ? "Nothing is lost, and there is %s to look at. %s"
                                        .formatted(
                                                problems == 1 ? "one thing" : problems + " things",
                                                traffic(interval))
                                : "Nothing is lost. " + traffic(interval));
    }

    private static String traffic(Interval interval) {
        if (!interval.after().has(Series.RECEIVED)) {
            return "Only the machine was looked at, not an instance of Homing.";
        }
        double in = interval.rate(Series.RECEIVED, "side", "client");
        double back = interval.rate(Series.RECEIVED, "side", "backend");
        return in + back == 0
                ? "No datagram came, so that this says little."
                : "%s datagrams a second came from clients, and %s from backends."
                        .formatted(Figures.rate(in), Figures.rate(back));
    }
}
