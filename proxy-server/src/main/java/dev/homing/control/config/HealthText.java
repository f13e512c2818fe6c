package dev.homing.control.config;

import dev.homing.control.config.health.HealthSettings;
import dev.homing.control.config.schema.HealthSchema;
import java.util.LinkedHashMap;
import java.util.Map;

/// Prints [HealthSettings] with the names of the schema.
final class HealthText {

    private HealthText() {}

    static void put(Map<String, Object> pool, HealthSettings health) {
        Map<String, Object> values = new LinkedHashMap<>();
        pool.put(HealthSchema.HEALTH.name(), values);
        ConfigurationText.put(values, HealthSchema.PROBE, health.probe());
        ConfigurationText.put(values, HealthSchema.INTERVAL, health.interval());
        ConfigurationText.put(values, HealthSchema.TIMEOUT, health.timeout());
        ConfigurationText.put(values, HealthSchema.RISE, health.rise());
        ConfigurationText.put(values, HealthSchema.FALL, health.fall());
        ConfigurationText.put(values, HealthSchema.PANIC_THRESHOLD, health.panicThreshold());
        ConfigurationText.put(pool, HealthSchema.SLOW_START, health.slowStart());
    }
}
