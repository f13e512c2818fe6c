package dev.homing.diagnose.surroundings;

import dev.homing.diagnose.finding.Advice;
import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Losses;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Severity;
import dev.homing.diagnose.finding.ThreadLoad;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Who else takes CPU time that Homing needs: the hypervisor, the container's limit, other
/// processes. As long as nothing is lost for lack of time, that is only worth knowing.
public final class Cpus implements Check {

    private static final double STOLEN = 0.05;
    private static final double WAITING = 0.1;
    private static final double THROTTLED = 0.01;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        Severity severity = Losses.isForLackOfTime(interval) ? Severity.WARNING : Severity.INFO;
        stolen(interval, severity, findings);
        waiting(interval, severity, findings);
        throttled(interval, severity, findings);
        count(interval, findings);
        return findings;
    }

    private static void stolen(Interval interval, Severity severity, List<Finding> findings) {
        double all = interval.increase(Series.CPU);
        double stolen = interval.increase(Series.CPU, "mode", "steal");
        if (all > 0 && stolen >= STOLEN * all) {
            findings.add(
                    Finding.of(
                                    SurroundingTrouble.CPU_STOLEN,
                                    "%s of the CPU time was stolen"
                                            .formatted(Figures.percent(stolen / all)))
                            .as(severity));
        }
    }

    private static void waiting(Interval interval, Severity severity, List<Finding> findings) {
        List<ThreadLoad> waiting =
                ThreadLoad.all(interval).stream()
                        .filter(load -> load.waiting().orElse(0) >= WAITING)
                        .toList();
        if (!waiting.isEmpty()) {
            findings.add(
                    Finding.of(
                                    SurroundingTrouble.CPU_CONTENDED,
                                    waiting.stream()
                                            .map(ThreadLoad::sentence)
                                            .toArray(String[]::new))
                            .as(severity)
                            .with(
                                    "cpus",
                                    Advice.cpus(
                                            interval.after(), ThreadLoad.all(interval).size())));
        }
    }

    private static void throttled(Interval interval, Severity severity, List<Finding> findings) {
        double share = interval.rate(Series.THROTTLED);
        OptionalDouble limit = interval.after().value(Series.CGROUP_CPUS);
        if (share >= THROTTLED) {
            findings.add(
                    Finding.of(
                                    SurroundingTrouble.THROTTLED,
                                    "threads were stopped for %s of %s, all together"
                                            .formatted(
                                                    Figures.time(
                                                            interval.increase(Series.THROTTLED)),
                                                    Figures.seconds(interval.seconds())),
                                    limit.isPresent()
                                            ? "the limit is %.1f CPUs"
                                                    .formatted(limit.getAsDouble())
                                            : "the limit is not known")
                            .as(severity)
                            .with("cpus", (long) Math.ceil(limit.orElse(1) + 1)));
        }
    }

    private static void count(Interval interval, List<Finding> findings) {
        double cpus =
                Math.min(
                        interval.after().value(Series.CPUS).orElse(Double.MAX_VALUE),
                        interval.after().value(Series.CGROUP_CPUS).orElse(Double.MAX_VALUE));
        int threads = ThreadLoad.all(interval).size();
        if (cpus < threads) {
            findings.add(
                    Finding.of(
                                    SurroundingTrouble.MORE_THREADS_THAN_CPUS,
                                    "%d receivers and shards share %.1f CPUs"
                                            .formatted(threads, cpus))
                            .with("cpus", (long) Math.max(1, Math.floor(cpus))));
        }
    }
}
