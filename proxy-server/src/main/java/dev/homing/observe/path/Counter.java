package dev.homing.observe.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /// The labels as the readers of samples take them.
    public String[] labelArray() {
        return labels.toArray(String[]::new);
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
