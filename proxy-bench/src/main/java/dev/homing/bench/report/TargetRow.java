package dev.homing.bench.report;

import dev.homing.bench.measure.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A figure that is to be reached, and what was measured of it.
///
/// @param what is measured, in words
/// @param unit behind the figure, empty for a ratio
/// @param limit that the median is held against
/// @param isMost whether the limit is the most it may be; else it is the least
/// @param value empty when it was not measured
/// @param remarks why it was not measured, or why the value is to be doubted
public record TargetRow(
        String what,
        String unit,
        double limit,
        boolean isMost,
        Optional<Spread> value,
        List<String> remarks) {

    public TargetRow {
        remarks = List.copyOf(remarks);
        if (value.isEmpty() && remarks.isEmpty()) {
            throw new IllegalArgumentException("what is not measured has a reason: " + what);
        }
    }

    public static TargetRow atMost(
            String what, String unit, double limit, Spread value, List<String> remarks) {
        return new TargetRow(what, unit, limit, true, Optional.of(value), remarks);
    }

    public static TargetRow atLeast(
            String what, String unit, double limit, Spread value, List<String> remarks) {
        return new TargetRow(what, unit, limit, false, Optional.of(value), remarks);
    }

    /// The same row without a value.
    public TargetRow notMeasured(String why) {
        List<String> reasons = new ArrayList<>(remarks);
        reasons.add(why);
        return new TargetRow(what, unit, limit, isMost, Optional.empty(), reasons);
    }

    public Verdict verdict() {
        if (value.isEmpty()) {
            return Verdict.NOT_MEASURED;
        }
        double median = value.get().median();
        boolean isReached = isMost ? median <= limit : median >= limit;
        return isReached ? Verdict.MET : Verdict.NOT_MET;
    }

    /// The verdict, and whether its value is to be doubted.
    public String verdictText() {
        return verdict().text() + (value.isPresent() && !remarks.isEmpty() ? ", in doubt" : "");
    }

    public String target() {
        return (isMost ? "≤ " : "≥ ") + Figures.text(limit) + unitText();
    }

    public String valueText() {
        return value.map(spread -> Figures.text(spread.median()) + unitText()).orElse("–");
    }

    public String spreadText() {
        return value.map(Figures::range).orElse("");
    }

    private String unitText() {
        return unit.isEmpty() ? "" : " " + unit;
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("what", what);
        values.put("target", target());
        values.put("limit", limit);
        value.ifPresent(spread -> {
            values.put("value", spread.median());
            values.put("rounds", spread.rounds());
        });
        values.put("unit", unit);
        values.put("verdict", verdict().text());
        values.put("in-doubt", value.isPresent() && !remarks.isEmpty());
        values.put("remarks", remarks);
        return values;
    }
}
