package dev.homing.control.config.health;

import dev.homing.control.config.schema.HealthSchema;
import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Reading;
import dev.homing.control.config.value.Durations;
import java.time.Duration;

/// Reads how a pool's backends are watched.
public final class HealthReading {

    private HealthReading() {}

    public static HealthSettings read(Reading pool, Problems problems) {
        Reading health = pool.in(HealthSchema.HEALTH);
        Duration interval = health.get(HealthSchema.INTERVAL);
        Duration timeout = health.get(HealthSchema.TIMEOUT);
        if (timeout.compareTo(interval) > 0) {
            problems.add(
                    health.where(HealthSchema.TIMEOUT),
                    health.path(HealthSchema.TIMEOUT),
                    "%s is longer than %s, %s"
                            .formatted(
                                    Durations.print(timeout),
                                    health.path(HealthSchema.INTERVAL),
                                    Durations.print(interval)),
                    "Give at most the interval, so that one probe is over when the next one leaves.");
        }
        return new HealthSettings(
                health.get(HealthSchema.PROBE),
                interval,
                timeout,
                health.get(HealthSchema.RISE),
                health.get(HealthSchema.FALL),
                health.get(HealthSchema.PANIC_THRESHOLD),
                pool.get(HealthSchema.SLOW_START));
    }
}
