package dev.homing.control.health;

import dev.homing.control.config.health.HealthSettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// When the next probe of a backend is due. Each wait is drawn anew, so that instances and backends
/// do not fall into step.
///
/// One thread.
final class ProbePace {

    /// Between probes while a verdict is pending, if the interval is not shorter. Three of them are
    /// over before a client sends its first packet again, a second after the first (RFC 9002
    /// section 6.2.2).
    static final Duration SOON = Duration.ofMillis(200);

    /// Of the wait, at either side of it.
    private static final double JITTER = 0.1;

    private final RandomGenerator random;

    ProbePace(RandomGenerator random) {
        this.random = random;
    }

    /// The wait before the first probe, in ns: spread over the time of one that is soon.
    long firstNs(HealthSettings settings) {
        return (long) (random.nextDouble() * shortest(settings).toNanos());
    }

    /// The wait between two probes, in ns.
    ///
    /// @param isPending whether a verdict is
    long nextNs(HealthSettings settings, boolean isPending) {
        Duration wait = isPending ? shortest(settings) : settings.interval();
        double drawn = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return (long) (drawn * wait.toNanos());
    }

    private static Duration shortest(HealthSettings settings) {
        return settings.interval().compareTo(SOON) < 0 ? settings.interval() : SOON;
    }
}
