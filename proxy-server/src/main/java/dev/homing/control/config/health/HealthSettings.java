package dev.homing.control.config.health;

import java.time.Duration;

/// How a pool's backends are watched.
///
/// @param interval between two probes of a backend
/// @param timeout how long a probe waits for its answer
/// @param rise how many probes in a row bring a backend up
/// @param fall how many in a row take it down
/// @param panicThreshold per cent of the pool's backends: with fewer up, all are used; 0 for never
/// @param slowStart how long a backend that comes takes to get its whole share; zero for at once
public record HealthSettings(
        ProbeMode probe,
        Duration interval,
        Duration timeout,
        int rise,
        int fall,
        int panicThreshold,
        Duration slowStart) {

    /// What holds when nothing is written.
    public static final HealthSettings STANDARD =
            new HealthSettings(
                    ProbeMode.AUTO,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    2,
                    3,
                    50,
                    Duration.ZERO);

    /// Whether both say the same of single backends.
    public boolean isProbedLike(HealthSettings other) {
        return probe == other.probe
                && interval.equals(other.interval)
                && timeout.equals(other.timeout)
                && rise == other.rise
                && fall == other.fall;
    }
}
