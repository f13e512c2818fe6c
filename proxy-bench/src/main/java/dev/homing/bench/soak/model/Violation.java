package dev.homing.bench.soak.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Something that must not be.
///
/// @param atNanos since the run began
/// @param rule what must hold, in a few words
/// @param evidence what was seen instead
/// @param during the last event before
public record Violation(long atNanos, String rule, String evidence, String during) {

    public double seconds() {
        return atNanos / 1e9;
    }

    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(
                "seconds", new java.math.BigDecimal(String.format(Locale.ROOT, "%.3f", seconds())));
        values.put("rule", rule);
        values.put("evidence", evidence);
        values.put("after", during);
        return values;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.1f s: %s: %s (after: %s)", seconds(), rule, evidence, during);
    }
}
