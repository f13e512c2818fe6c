package dev.homing.observe.top.reading;

import dev.homing.observe.samples.Sample;
import dev.homing.observe.samples.Samples;
import java.util.Comparator;
import java.util.List;

/// A backend, now.
///
/// @param state empty if nobody says
public record BackendReading(String backend, double sessions, String state) {

    /// Those with most sessions first.
    static List<BackendReading> all(Samples now) {
        return now.all("homing_backend_sessions").stream()
                .map(sessions ->
                        new BackendReading(
                                sessions.label("backend"),
                                sessions.value(),
                                state(now, sessions.label("backend"))))
                .sorted(
                        Comparator.comparingDouble(BackendReading::sessions)
                                .reversed()
                                .thenComparing(BackendReading::backend, InOrder.OF_NAMES))
                .toList();
    }

    private static String state(Samples now, String backend) {
        return now.all("homing_backend_state", "backend", backend).stream()
                .filter(state -> state.value() > 0)
                .map((Sample state) -> state.label("state"))
                .findFirst()
                .orElse("");
    }
}
