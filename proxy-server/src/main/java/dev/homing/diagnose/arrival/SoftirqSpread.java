package dev.homing.diagnose.arrival;

import dev.homing.diagnose.finding.Advice;
import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Severity;
import dev.homing.observe.samples.Interval;
import java.util.Comparator;
import java.util.List;

/// Whether RSS (queues of the NIC) or RPS (in software) spread the kernel's receiving over CPUs.
public final class SoftirqSpread implements Check {

    /// With less, one CPU is enough, and caches like it.
    private static final double PACKETS_A_SECOND = 10_000;

    private static final double MOST = 0.8;

    /// In softirq all the time that matters: half of one CPU.
    private static final double SOFTIRQ_BUSY = 0.5;

    @Override
    public List<Finding> findings(Interval interval) {
        String name = Advice.interfaceOf(interval);
        double all = interval.rate(Series.SOFTNET, "counter", "processed");
        double cpus = interval.after().value(Series.CPUS).orElse(1);
        double ofInterface = interval.rate(Series.NIC, "interface", name, "counter", "rx_packets");
        // What the loopback carries is worked off by the CPU that sent it: nothing spreads that.
        if (cpus < 2 || all < PACKETS_A_SECOND || ofInterface < all / 2) {
            return List.of();
        }
        String busiest =
                interval.after().labels(Series.SOFTNET, "cpu").stream()
                        .max(Comparator.comparingDouble(cpu -> of(interval, cpu)))
                        .orElse("");
        double share = of(interval, busiest) / all;
        if (share < MOST) {
            return List.of();
        }
        double busy = interval.rate(Series.CPU, "mode", "softirq");
        return List.of(
                Finding.of(
                                ArrivalTrouble.SOFTIRQ_ON_ONE_CPU,
                                "CPU %s processed %s of %s packets a second"
                                        .formatted(
                                                busiest,
                                                Figures.percent(share),
                                                Figures.count(all)),
                                "%s has %s receive queues; RPS gives its packets to %s CPUs"
                                        .formatted(
                                                name,
                                                number(interval, Series.NIC_QUEUES, name),
                                                number(interval, Series.NIC_RPS_CPUS, name)),
                                "softirq takes %s of a CPU".formatted(Figures.percent(busy)))
                        .about(name)
                        .as(busy >= SOFTIRQ_BUSY ? Severity.WARNING : Severity.INFO)
                        .with("interface", name)
                        .with("cpus", (long) cpus)
                        .with("mask", Advice.mask(cpus)));
    }

    private static double of(Interval interval, String cpu) {
        return interval.rate(Series.SOFTNET, "cpu", cpu, "counter", "processed");
    }

    private static String number(Interval interval, String series, String name) {
        String direction = series.equals(Series.NIC_QUEUES) ? "rx" : "";
        var value =
                direction.isEmpty()
                        ? interval.after().value(series, "interface", name)
                        : interval.after().value(series, "interface", name, "direction", direction);
        return value.isPresent() ? Figures.count(value.getAsDouble()) : "an unknown number of";
    }
}
