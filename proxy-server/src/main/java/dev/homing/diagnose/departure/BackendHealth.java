package dev.homing.diagnose.departure;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Sample;
import dev.homing.observe.samples.Samples;
import java.util.ArrayList;
import java.util.List;

/// Which backends are down, and which had better be looked at.
public final class BackendHealth implements Check {

    private static final String BACKEND = "backend";
    private static final String RESULT = "result";

    /// So many without an answer, and none with one, are no coincidence.
    private static final double UNANSWERED_LEAST = 20;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        Samples now = interval.after();
        for (Sample up : now.all(Series.BACKEND_UP)) {
            String name = up.label(BACKEND);
            if (up.value() == 0) {
                findings.add(
                        about(
                                DepartureTrouble.BACKEND_DOWN,
                                name,
                                probes(now, name),
                                seen(interval, name)));
            } else if (answersNobody(interval, name)) {
                findings.add(
                        about(
                                DepartureTrouble.BACKEND_ANSWERS_NOBODY,
                                name,
                                seen(interval, name),
                                probes(now, name)));
            }
            if (neverAnswered(now, name)) {
                findings.add(
                        about(DepartureTrouble.PROBES_NEVER_ANSWERED, name, probes(now, name)));
            }
        }
        for (Sample panic : now.all(Series.POOL_PANIC)) {
            if (panic.value() > 0) {
                String pool = panic.label("pool");
                findings.add(
                        Finding.of(
                                        DepartureTrouble.POOL_PANIC,
                                        "%s of all backends are down"
                                                .formatted(Figures.count(down(now))))
                                .about(pool)
                                .with("pool", pool));
            }
        }
        return findings;
    }

    private static Finding about(DepartureTrouble trouble, String backend, String... evidence) {
        return Finding.of(trouble, evidence).about(backend).with(BACKEND, backend);
    }

    private static boolean answersNobody(Interval interval, String backend) {
        return interval.increase(Series.BACKEND_UNANSWERED, BACKEND, backend) >= UNANSWERED_LEAST
                && interval.increase(Series.BACKEND_ANSWERED, BACKEND, backend) == 0;
    }

    private static boolean neverAnswered(Samples now, String backend) {
        return now.sum(Series.PROBES, BACKEND, backend, RESULT, "answered") == 0
                && now.sum(Series.PROBES, BACKEND, backend, RESULT, "timed_out") > 0;
    }

    private static double down(Samples now) {
        return now.all(Series.BACKEND_UP).stream().filter(up -> up.value() == 0).count();
    }

    private static String probes(Samples now, String backend) {
        List<String> results = new ArrayList<>();
        for (Sample result : now.all(Series.PROBES, BACKEND, backend)) {
            if (result.value() > 0) {
                results.add(
                        "%s %s"
                                .formatted(
                                        Figures.count(result.value()),
                                        result.label(RESULT).replace('_', ' ')));
            }
        }
        return "probes since the start: "
                + (results.isEmpty() ? "none" : String.join(", ", results));
    }

    private static String seen(Interval interval, String backend) {
        return "new connections: %s answered, %s unanswered; %s ICMP errors"
                .formatted(
                        Figures.count(interval.increase(Series.BACKEND_ANSWERED, BACKEND, backend)),
                        Figures.count(
                                interval.increase(Series.BACKEND_UNANSWERED, BACKEND, backend)),
                        Figures.count(interval.increase(Series.BACKEND_ICMP, BACKEND, backend)));
    }
}
