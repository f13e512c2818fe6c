package dev.homing.bench.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What several rounds said of one figure. The median stands for all of them: one round in which
/// the machine did something else does not move it.
///
/// @param rounds the readings, in the order of the rounds, at least one
public record Spread(List<Double> rounds) {

    public Spread {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("a spread of no readings");
        }
    }

    public static Spread of(double... rounds) {
        return new Spread(Arrays.stream(rounds).boxed().toList());
    }

    /// The middle reading, or the mean of the two in the middle.
    public double median() {
        double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double least() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double greatest() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /// How far apart the middle half of the readings is, as a part of the median: 0 when all agree.
    /// With fewer than four readings, how far apart all of them are.
    public double relative() {
        double median = median();
        if (median == 0) {
            return greatest() == least() ? 0 : Double.POSITIVE_INFINITY;
        }
        double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int cut = sorted.length / 4;
        return Math.abs((sorted[sorted.length - 1 - cut] - sorted[cut]) / median);
    }

    /// The ratio of two figures, round by round: what slows a whole round down slows both.
    ///
    /// @param other measured in the same rounds
    public Spread dividedBy(Spread other) {
        return together(other, true);
    }

    /// The difference of two figures, round by round.
    public Spread minus(Spread other) {
        return together(other, false);
    }

    private Spread together(Spread other, boolean divides) {
        int count = Math.min(rounds.size(), other.rounds.size());
        List<Double> results = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            double mine = rounds.get(i);
            double its = other.rounds.get(i);
            results.add(divides ? mine / its : mine - its);
        }
        return new Spread(results);
    }
}
