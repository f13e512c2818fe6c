package dev.homing.diagnose.departure;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Losses;
import dev.homing.diagnose.finding.Series;
import dev.homing.ledger.Event;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Whether backends are there, and answer.
public final class Backends implements Check {

    /// So many without an answer are no coincidence.
    private static final double UNANSWERED_LEAST = 20;

    private static final int NAMED = 8;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        double sent = interval.increase(Series.SENT, "side", "backend");
        double answers = interval.increase(Series.RECEIVED, "side", "backend");
        double refusals = Losses.happened(interval, Event.ICMP_ERROR);
        String both =
                "%s datagrams were sent to backends, %s came back"
                        .formatted(Figures.count(sent), Figures.count(answers));
        if (refusals > 0) {
            findings.add(
                    Finding.of(
                                    DepartureTrouble.BACKEND_REFUSES,
                                    "%s ICMP errors came (kernels send only so many a second)"
                                            .formatted(Figures.count(refusals)),
                                    about(interval),
                                    both,
                                    sessions(interval))
                            .losing(refusals));
        } else if (sent >= UNANSWERED_LEAST && answers == 0) {
            findings.add(
                    Finding.of(DepartureTrouble.BACKENDS_SILENT, both, sessions(interval))
                            .losing(sent));
        }
        double misnamed = Losses.happened(interval, Event.CONNECTION_ID_MISNAMED);
        if (misnamed > 0) {
            findings.add(
                    Finding.of(
                            DepartureTrouble.CONNECTION_IDS_MISNAMED,
                            "%s connection IDs named another backend than the one that chose them"
                                    .formatted(Figures.count(misnamed))));
        }
        return findings;
    }

    /// Whom the errors are about, as far as that is known.
    private static String about(Interval interval) {
        List<String> refusing = new ArrayList<>();
        for (String name : interval.after().labels(Series.BACKEND_ICMP, "backend")) {
            double errors = interval.increase(Series.BACKEND_ICMP, "backend", name);
            if (errors > 0) {
                refusing.add(name + " " + Figures.count(errors));
            }
        }
        return "by backend: "
                + (refusing.isEmpty()
                        ? "none that is configured"
                        : refusing.stream().limit(NAMED).collect(Collectors.joining(", "))
                                + (refusing.size() > NAMED ? ", …" : ""));
    }

    private static String sessions(Interval interval) {
        List<Sample> backends =
                interval.after().all(Series.BACKEND_SESSIONS).stream()
                        .filter(backend -> backend.value() > 0)
                        .toList();
        return "sessions: "
                + backends.stream()
                        .limit(NAMED)
                        .map(backend ->
                                backend.label("backend") + " " + Figures.count(backend.value()))
                        .collect(Collectors.joining(", "))
                + (backends.size() > NAMED ? ", …" : backends.isEmpty() ? "none" : "");
    }
}
