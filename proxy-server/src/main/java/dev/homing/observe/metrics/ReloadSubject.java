package dev.homing.observe.metrics;

import dev.homing.observe.metrics.reading.NamesReading;
import dev.homing.observe.metrics.reading.ReloadReading;
import java.util.function.Supplier;

/// How changes come into force: the configuration read again, and the names of backends resolved
/// again.
record ReloadSubject(Supplier<ReloadReading> reloads, Supplier<NamesReading> names)
        implements Subject {

    @Override
    public void write(Sheet sheet) {
        ReloadReading reload = reloads.get();
        sheet.gauge(
                        "homing_config_last_reload_successful",
                        "1 if the configuration was good when it was last read, 0 if it was refused and the one before is"
                                + " in force.")
                .put(reload.isLastGood() ? 1 : 0);
        sheet.gauge(
                        "homing_config_last_reload_success_timestamp_seconds",
                        "When the configuration was last read and found good, at the start at the latest.")
                .put(reload.lastGoodSeconds());
        Series reloads =
                sheet.counter(
                        "homing_config_reloads_total",
                        "How often the configuration was read again: changed, the same, or refused.",
                        "result");
        reloads.put(reload.applied(), "applied");
        reloads.put(reload.unchanged(), "unchanged");
        reloads.put(reload.refused(), "refused");
        sheet.gauge(
                        "homing_config_hash_info",
                        "The configuration in force, secrets aside; always 1. Instances with the same label have the"
                                + " same.",
                        "hash")
                .put(1, reload.hash());
        NamesReading resolved = names.get();
        Series lookups =
                sheet.counter(
                        "homing_names_lookups_total",
                        "How often a name server was asked for a backend's name.",
                        "result");
        lookups.put(resolved.answered(), "answered");
        lookups.put(resolved.failed(), "failed");
        sheet.gauge(
                        "homing_names_stale",
                        "Names of backends whose last answer is kept because there is no newer one.")
                .put(resolved.stale());
    }
}
