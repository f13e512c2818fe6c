package dev.homing.diagnose.arrival;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Severity;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;

/// What the kernel's UDP takes off the way before there is a socket, and the memory of all sockets.
public final class UdpStack implements Check {

    private static final double SMALL_SHARE = 0.01;
    private static final double NEARLY = 0.8;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        double received = of(interval, "in_datagrams");
        double damaged = of(interval, "in_checksum_errors");
        if (damaged > 0) {
            findings.add(
                    Finding.of(
                                    ArrivalTrouble.UDP_CHECKSUMS,
                                    "%s datagrams had a wrong checksum, %s a right one"
                                            .formatted(
                                                    Figures.count(damaged),
                                                    Figures.count(received)))
                            .as(damaged > SMALL_SHARE * received ? Severity.WARNING : Severity.INFO)
                            .losing(damaged));
        }
        memory(interval, findings);
        double unheard = of(interval, "no_ports");
        if (unheard / interval.seconds() >= 1 && unheard >= SMALL_SHARE * received) {
            findings.add(
                    Finding.of(
                                    ArrivalTrouble.NOBODY_LISTENS,
                                    "%s datagrams came to closed ports, %s to open ones"
                                            .formatted(
                                                    Figures.count(unheard),
                                                    Figures.count(received)))
                            .losing(unheard));
        }
        return findings.stream().map(found -> found.with("interface", "DEV")).toList();
    }

    private static void memory(Interval interval, List<Finding> findings) {
        double refused = of(interval, "memory_errors");
        double used = interval.after().value(Series.UDP_MEMORY).orElse(0);
        double pressure = limit(interval, "pressure");
        double max = limit(interval, "max");
        if (refused == 0 && (pressure == 0 || used < NEARLY * pressure)) {
            return;
        }
        ArrivalTrouble trouble =
                refused > 0 ? ArrivalTrouble.UDP_MEMORY_FULL : ArrivalTrouble.UDP_MEMORY_SHORT;
        List<String> evidence = new ArrayList<>();
        evidence.add(
                "%s pages are in use; from %s on the kernel saves, from %s on it drops"
                        .formatted(
                                Figures.count(used), Figures.count(pressure), Figures.count(max)));
        if (refused > 0) {
            evidence.add("%s datagrams were dropped for it".formatted(Figures.count(refused)));
        }
        findings.add(
                Finding.of(trouble, evidence.toArray(new String[0]))
                        .losing(refused)
                        .with("low", (long) (2 * limit(interval, "low")))
                        .with("pressure", (long) (2 * pressure))
                        .with("max", (long) (2 * max)));
    }

    private static double limit(Interval interval, String level) {
        return interval.after().value(Series.UDP_MEMORY_LIMIT, "level", level).orElse(0);
    }

    private static double of(Interval interval, String counter) {
        return interval.increase(Series.UDP, "counter", counter);
    }
}
