package dev.homing.observe.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What one scrape reads. A metric that gets no series is left out.
final class Sheet {

    private static final String COUNTER_SUFFIX = "_total";

    private final List<MetricSnapshot.Builder<?>> metrics = new ArrayList<>();

    /// A metric whose values never fall.
    ///
    /// @param name as it is scraped, so with `_total` at its end
    Series counter(String name, String help, String... labelNames) {
        if (!name.endsWith(COUNTER_SUFFIX)) {
            throw new IllegalArgumentException("a counter without " + COUNTER_SUFFIX + ": " + name);
        }
        CounterSnapshot.Builder metric =
                CounterSnapshot.builder()
                        .name(name.substring(0, name.length() - COUNTER_SUFFIX.length()))
                        .help(help);
        metrics.add(metric);
        return (value, labelValues) ->
                metric.dataPoint(
                        CounterDataPointSnapshot.builder()
                                .labels(Labels.of(labelNames, labelValues))
                                .value(value)
                                .build());
    }

    Series gauge(String name, String help, String... labelNames) {
        GaugeSnapshot.Builder metric = GaugeSnapshot.builder().name(name).help(help);
        metrics.add(metric);
        return (value, labelValues) ->
                metric.dataPoint(
                        GaugeDataPointSnapshot.builder()
                                .labels(Labels.of(labelNames, labelValues))
                                .value(value)
                                .build());
    }

    /// A metric whose values are counted in buckets.
    ///
    /// @param bounds the greatest value of each bucket, ascending, but of the last one, which has
    ///   none
    Buckets histogram(String name, String help, double[] bounds, String... labelNames) {
        HistogramSnapshot.Builder metric = HistogramSnapshot.builder().name(name).help(help);
        metrics.add(metric);
        double[] upperBounds = Arrays.copyOf(bounds, bounds.length + 1);
        upperBounds[bounds.length] = Double.POSITIVE_INFINITY;
        return (counts, sum, labelValues) ->
                metric.dataPoint(
                        HistogramDataPointSnapshot.builder()
                                .labels(Labels.of(labelNames, labelValues))
                                .classicHistogramBuckets(
                                        ClassicHistogramBuckets.of(upperBounds, counts))
                                .sum(sum)
                                .build());
    }

    MetricSnapshots read() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        metrics.forEach(metric -> all.metricSnapshot(metric.build()));
        return all.build();
    }
}
