package dev.homing.observe.samples;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/// What happened between two readings.
public final class Interval {

    private static final double NANOS_A_SECOND = 1e9;

    private final Samples before;
    private final Samples after;
    private final Duration time;

    /// @param time between the two, more than 0
    public Interval(Samples before, Samples after, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("no time between two readings: " + time);
        }
        this.before = before;
        this.after = after;
        this.time = time;
    }

    public Samples before() {
        return before;
    }

    public Samples after() {
        return after;
    }

    public Duration time() {
        return time;
    }

    public double seconds() {
        return time.toNanos() / NANOS_A_SECOND;
    }

    /// How much the counters with this name and these labels grew, together. One that went back
    /// began anew at 0, as after a restart. One that is new is not counted: nobody knows when it
    /// began.
    public double increase(String name, String... labels) {
        double sum = 0;
        for (Sample sample : after.all(name, labels)) {
            OptionalDouble earlier = earlier(sample);
            if (earlier.isPresent() && !Double.isNaN(sample.value())) {
                double grown = sample.value() - earlier.getAsDouble();
                sum += grown < 0 ? sample.value() : grown;
            }
        }
        return sum;
    }

    /// Per second.
    public double rate(String name, String... labels) {
        return increase(name, labels) / seconds();
    }

    /// The values that were added, of all such series together; empty if there is no such
    /// histogram.
    public Optional<Histogram> histogram(String name, String... labels) {
        return after.histogram(name, labels)
                .map(later -> before.histogram(name, labels).map(later::since).orElse(later));
    }

    /// Whether the instance was another process before: nothing that it counts can be compared
    /// then.
    public boolean isRestarted() {
        OptionalDouble startBefore = before.value("process_start_time_seconds");
        OptionalDouble startAfter = after.value("process_start_time_seconds");
        // Java computes its start from two clocks, and they drift.
        boolean isAnother =
                startBefore.isPresent()
                        && startAfter.isPresent()
                        && Math.abs(startBefore.getAsDouble() - startAfter.getAsDouble()) > 1;
        return isAnother || wentBack().stream().anyMatch(Interval::isOfInstance);
    }

    /// Names of counters that are lower than before.
    public Set<String> wentBack() {
        TreeSet<String> names = new TreeSet<>();
        for (String name : after.names()) {
            if (name.endsWith("_total")) {
                for (Sample sample : after.all(name)) {
                    OptionalDouble earlier = earlier(sample);
                    if (earlier.isPresent() && sample.value() < earlier.getAsDouble()) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    /// The machine's counters outlive a process, and go back on their own: an interface that is
    /// made anew, or a counter of 32 bits.
    private static boolean isOfInstance(String name) {
        return name.startsWith("homing_") && !name.startsWith("homing_machine_");
    }

    private OptionalDouble earlier(Sample sample) {
        return before.all(sample.name()).stream()
                .filter(other -> other.labels().equals(sample.labels()))
                .mapToDouble(Sample::value)
                .filter(value -> !Double.isNaN(value))
                .findFirst();
    }
}
