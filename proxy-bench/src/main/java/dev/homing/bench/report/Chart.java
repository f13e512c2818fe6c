package dev.homing.bench.report;

import dev.homing.bench.measure.Spread;
import java.util.List;

/// A few figures of the same kind, to be seen side by side.
///
/// @param unit of all of them
/// @param bars in the order in which they are shown
public record Chart(String title, String unit, List<Bar> bars) {

    public Chart {
        bars = List.copyOf(bars);
    }

    /// @param label whose figure it is
    public record Bar(String label, Spread value) {}
}
