package dev.homing.observe.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/// One reading of all metrics. Where a method takes labels, these are names and values in turns,
/// and series that have other labels besides belong too.
public final class Samples {

    private final Map<String, List<Sample>> byName;

    private Samples(Map<String, List<Sample>> byName) {
        this.byName = byName;
    }

    public static Samples of(List<Sample> samples) {
        Map<String, List<Sample>> byName = new LinkedHashMap<>();
        for (Sample sample : samples) {
            byName.computeIfAbsent(sample.name(), name -> new ArrayList<>()).add(sample);
        }
        byName.replaceAll((name, list) -> List.copyOf(list));
        return new Samples(byName);
    }

    /// @param text in the Prometheus text format 0.0.4
    public static Samples parse(String text) throws UnreadableText {
        return of(PrometheusText.read(text));
    }

    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /// Whether there is such a series, whatever its value.
    public boolean has(String name, String... labels) {
        return !all(name, labels).isEmpty();
    }

    /// In the order of the text.
    public List<Sample> all(String name, String... labels) {
        return byName.getOrDefault(name, List.of()).stream()
                .filter(sample -> sample.carries(labels))
                .toList();
    }

    /// The only such series; empty if there is none, or if it is not a number.
    ///
    /// @throws IllegalArgumentException if there are several: use [#sum]
    public OptionalDouble value(String name, String... labels) {
        List<Sample> found = all(name, labels);
        if (found.size() > 1) {
            throw new IllegalArgumentException("more than one: " + found);
        }
        return found.isEmpty() || Double.isNaN(found.getFirst().value())
                ? OptionalDouble.empty()
                : OptionalDouble.of(found.getFirst().value());
    }

    /// Of all such series; 0 if there are none. What is not a number does not count.
    public double sum(String name, String... labels) {
        return all(name, labels).stream()
                .mapToDouble(Sample::value)
                .filter(value -> !Double.isNaN(value))
                .sum();
    }

    /// The greatest of all such series; empty if there are none.
    public OptionalDouble max(String name, String... labels) {
        return all(name, labels).stream()
                .mapToDouble(Sample::value)
                .filter(value -> !Double.isNaN(value))
                .max();
    }

    /// The values that a label of these series has, in order.
    public Set<String> labels(String name, String label) {
        Set<String> values = new TreeSet<>();
        for (Sample sample : all(name)) {
            if (sample.labels().containsKey(label)) {
                values.add(sample.label(label));
            }
        }
        return values;
    }

    /// All such series of a histogram together.
    ///
    /// @param name without `_bucket`
    public Optional<Histogram> histogram(String name, String... labels) {
        List<Sample> buckets = all(name + "_bucket", labels);
        return buckets.isEmpty()
                ? Optional.empty()
                : Optional.of(Histogram.of(buckets, sum(name + "_sum", labels)));
    }

    /// Both together: what an instance says, and what its machine does.
    public Samples and(Samples others) {
        List<Sample> all = new ArrayList<>();
        byName.values().forEach(all::addAll);
        others.byName.values().forEach(all::addAll);
        return of(all);
    }
}
