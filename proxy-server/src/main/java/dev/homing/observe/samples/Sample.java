package dev.homing.observe.samples;

import java.util.Map;

/// One series at one moment.
///
/// @param name with its unit and `_total`, as in the text
public record Sample(String name, Map<String, String> labels, double value) {

    public Sample {
        labels = Map.copyOf(labels);
    }

    /// The value of a label, empty if the series has none of that name (which is the same thing to
    /// Prometheus).
    public String label(String label) {
        return labels.getOrDefault(label, "");
    }

    /// @param wanted names and values of labels in turns; a series may have others besides
    boolean carries(String... wanted) {
        if (wanted.length % 2 != 0) {
            throw new IllegalArgumentException("a label without a value");
        }
        for (int i = 0; i < wanted.length; i += 2) {
            if (!label(wanted[i]).equals(wanted[i + 1])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return name + labels + " " + value;
    }
}
