package dev.homing.diagnose.inside;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Severity;
import dev.homing.diagnose.finding.ThreadLoad;
import dev.homing.observe.samples.Interval;
import java.util.Comparator;
import java.util.List;

/// Whether the threads that receive get about as much as each other.
public final class ReceiverSpread implements Check {

    private static final double LEAST_A_SECOND = 1000;

    /// Of one of many; of one of two, 80 %.
    private static final double MOST = 0.5;

    private static final double MOST_OF_FEW = 0.6;

    /// Below this load nobody minds.
    private static final double MINDS = 0.7;

    @Override
    public List<Finding> findings(Interval interval) {
        List<ThreadLoad> receiving =
                interval.after().labels(Series.SOCKET_DROPS, "thread").stream()
                        .map(thread -> ThreadLoad.of(interval, thread))
                        .toList();
        double all = receiving.stream().mapToDouble(ThreadLoad::received).sum();
        if (receiving.size() < 2 || all < LEAST_A_SECOND) {
            return List.of();
        }
        ThreadLoad busiest =
                receiving.stream()
                        .max(Comparator.comparingDouble(ThreadLoad::received))
                        .orElseThrow();
        double share = busiest.received() / all;
        if (share < MOST + MOST_OF_FEW / receiving.size()) {
            return List.of();
        }
        boolean isFelt = busiest.busy().orElse(0) >= MINDS;
        return List.of(
                Finding.of(
                                InsideTrouble.ONE_RECEIVER,
                                "%s got %s of %s datagrams a second, of %s threads that receive"
                                        .formatted(
                                                busiest.name(),
                                                Figures.percent(share),
                                                Figures.count(all),
                                                receiving.size()),
                                busiest.sentence(),
                                "%s sessions are open"
                                        .formatted(
                                                Figures.count(
                                                        interval.after().sum(Series.SESSIONS))))
                        .about(busiest.name())
                        .as(isFelt ? Severity.WARNING : Severity.INFO));
    }
}
