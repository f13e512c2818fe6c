package dev.homing.diagnose.arrival;

import dev.homing.diagnose.finding.Advice;
import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Whether each CPU's backlog has room, and softirq time enough (`/proc/net/softnet_stat`).
public final class Softirq implements Check {

    private static final double SQUEEZED_A_SECOND = 100;
    private static final double BACKLOG_LEAST = 8192;
    private static final double BUDGET_DEFAULT = 300;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        double dropped = interval.increase(Series.SOFTNET, "counter", "dropped");
        if (dropped > 0) {
            double bound =
                    Advice.setting(interval.after(), "net.core.netdev_max_backlog").orElse(0);
            Finding found =
                    Finding.of(ArrivalTrouble.BACKLOG_FULL, perCpu(interval, "dropped"))
                            .losing(dropped)
                            .with("packets", (long) Math.max(BACKLOG_LEAST, 2 * bound));
            findings.add(found);
        }
        double limited = interval.increase(Series.SOFTNET, "counter", "flow_limited");
        if (limited > 0) {
            findings.add(
                    Finding.of(ArrivalTrouble.FLOW_LIMITED, perCpu(interval, "flow_limited"))
                            .losing(limited));
        }
        double squeezed = interval.rate(Series.SOFTNET, "counter", "squeezed");
        if (squeezed >= SQUEEZED_A_SECOND) {
            double budget =
                    Advice.setting(interval.after(), "net.core.netdev_budget")
                            .orElse(BUDGET_DEFAULT);
            findings.add(
                    Finding.of(
                                    ArrivalTrouble.SOFTIRQ_SQUEEZED,
                                    "it ran out of its budget %s times a second, all CPUs together"
                                            .formatted(Figures.count(squeezed)))
                            .with("packets", (long) (2 * budget)));
        }
        return findings;
    }

    private static String perCpu(Interval interval, String counter) {
        return "packets dropped: "
                + interval.after().labels(Series.SOFTNET, "cpu").stream()
                        .filter(cpu -> of(interval, cpu, counter) > 0)
                        .map(cpu ->
                                "CPU %s %s"
                                        .formatted(cpu, Figures.count(of(interval, cpu, counter))))
                        .collect(Collectors.joining(", "));
    }

    private static double of(Interval interval, String cpu, String counter) {
        return interval.increase(Series.SOFTNET, "cpu", cpu, "counter", counter);
    }
}
