package dev.homing.bench.compare;

import dev.homing.bench.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one load made of several subjects.
///
/// @param series of those that were measured, in the order in which they were asked for
/// @param whyNot the others, with the reason
record Result(Load load, List<Series> series, Map<String, String> whyNot) {

    Result {
        series = List.copyOf(series);
        whyNot = Map.copyOf(whyNot);
    }

    Optional<Series> of(String subject) {
        return series.stream().filter(one -> one.subject().equals(subject)).findFirst();
    }

    /// Why a subject has no series.
    String reason(String subject) {
        return subject + ": " + whyNot.getOrDefault(subject, "not among the subjects");
    }

    /// What a subject adds to the direct path, in microseconds; empty without one of them.
    Optional<Spread> addedMicros(String subject, double percentile) {
        Optional<Series> direct = of(dev.homing.bench.subject.Direct.NAME);
        return of(subject)
                .flatMap(mine ->
                        direct.map(nothing ->
                                mine.latencyMicros(percentile)
                                        .minus(nothing.latencyMicros(percentile))));
    }

    /// What makes the medians doubtful, one sentence each.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        series.forEach(one -> problems.addAll(one.problems()));
        problems.addAll(machineProblems());
        return problems;
    }

    /// What the whole machine suffered from, said once.
    List<String> machineProblems() {
        List<Window> windows = new ArrayList<>();
        series.forEach(one -> windows.addAll(one.windows()));
        return Doubt.ofMachine(windows);
    }
}
