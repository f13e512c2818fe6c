package dev.homing.observe.path;

import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The series of one metric that carry these labels, whatever others they have: added up they say
/// one thing.
///
/// @param labels names and values in turns
public record Counter(String metric, List<String> labels) {

    public Counter {
        labels = List.copyOf(labels);
        if (labels.size() % 2 != 0) {
            throw new IllegalArgumentException("a label without a value: " + labels);
        }
    }

    static Counter of(String metric, String... labels) {
        return new Counter(metric, List.of(labels));
    }

    /// How much it grew; empty if it is not there: that is not 0, nobody counts it.
    OptionalDouble increase(Interval interval) {
        String[] pairs = labels.toArray(String[]::new);
        return interval.after().has(metric, pairs)
                ? OptionalDouble.of(interval.increase(metric, pairs))
                : OptionalDouble.empty();
    }

    Map<String, Object> values() {
        Map<String, Object> byName = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i += 2) {
            byName.put(labels.get(i), labels.get(i + 1));
        }
        return new LinkedHashMap<>(Map.of("metric", metric, "labels", byName));
    }

    static List<Object> values(List<Counter> counters) {
        List<Object> list = new ArrayList<>();
        counters.forEach(counter -> list.add(counter.values()));
        return list;
    }
}
