package dev.homing.observe.samples;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// How many values fell below which bound.
///
/// @param buckets from the inclusive upper bound to the count of values up to it; the last bound is
///   infinite
public record Histogram(NavigableMap<Double, Double> buckets, double sum) {

    public Histogram {
        buckets = Collections.unmodifiableNavigableMap(new TreeMap<>(buckets));
    }

    /// Adds up the series that belong together but for their labels. Another program's series may
    /// be called like buckets and have no bound: they are none.
    static Histogram of(List<Sample> buckets, double sum) {
        NavigableMap<Double, Double> counts = new TreeMap<>();
        for (Sample bucket : buckets) {
            OptionalDouble bound = PrometheusText.number(bucket.label("le"));
            if (bound.isPresent()) {
                counts.merge(bound.getAsDouble(), bucket.value(), Double::sum);
            }
        }
        return new Histogram(counts, sum);
    }

    public double count() {
        return buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
    }

    public OptionalDouble mean() {
        return count() > 0 ? OptionalDouble.of(sum / count()) : OptionalDouble.empty();
    }

    /// Estimated as Prometheus does: values lie evenly in their bucket, and what is above the last
    /// finite bound counts as that bound.
    ///
    /// @param share from 0 to 1
    /// @return empty if there are no values
    public OptionalDouble quantile(double share) {
        double wanted = share * count();
        if (count() == 0) {
            return OptionalDouble.empty();
        }
        double lowerBound = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            double bound = bucket.getKey();
            double upTo = bucket.getValue();
            if (upTo >= wanted && upTo > below) {
                return OptionalDouble.of(
                        Double.isInfinite(bound)
                                ? lowerBound
                                : lowerBound
                                        + (bound - lowerBound)
                                                * Math.max(0, wanted - below)
                                                / (upTo - below));
            }
            lowerBound = bound;
            below = upTo;
        }
        return OptionalDouble.of(lowerBound);
    }

    /// What was added since an earlier reading of the same series.
    Histogram since(Histogram earlier) {
        NavigableMap<Double, Double> counts = new TreeMap<>();
        buckets.forEach((bound, count) ->
                counts.put(bound, count - earlier.buckets.getOrDefault(bound, 0.0)));
        boolean wentBack = count() < earlier.count();
        return wentBack ? this : new Histogram(counts, sum - earlier.sum);
    }
}
