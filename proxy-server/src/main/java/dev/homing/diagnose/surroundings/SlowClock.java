package dev.homing.diagnose.surroundings;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.observe.samples.Interval;
import java.util.List;
import java.util.Set;

/// Whether looking at the time is cheap. A machine whose counter is not to be trusted falls back to
/// a clock that only the kernel can read.
public final class SlowClock implements Check {

    /// Those that a process cannot read by itself (vdso(7)).
    private static final Set<String> SLOW =
            Set.of("hpet", "acpi_pm", "jiffies", "refined-jiffies", "pit", "xen");

    @Override
    public List<Finding> findings(Interval interval) {
        return interval.after().labels(Series.CLOCK, "source").stream()
                .filter(SLOW::contains)
                .map(source ->
                        Finding.of(SurroundingTrouble.SLOW_CLOCK, "the clock source is " + source))
                .toList();
    }
}
