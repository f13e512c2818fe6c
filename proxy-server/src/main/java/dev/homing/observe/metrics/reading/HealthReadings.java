package dev.homing.observe.metrics.reading;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What the health watch knows.
///
/// @param backends an entry for each address that is watched
/// @param poolsInPanic pools in which too few backends are up
public record HealthReadings(Supplier<List<Of>> backends, Supplier<Set<String>> poolsInPanic) {

    /// @param probes how many have ended so, by what became of them
    public record Of(String backend, boolean isUp, Map<String, Long> probes) {
        public Of {
            probes = Map.copyOf(probes);
        }
    }
}
