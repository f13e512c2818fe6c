package dev.homing.control.config.schema;

import dev.homing.control.config.health.HealthSettings;
import dev.homing.control.config.health.ProbeMode;
import dev.homing.control.config.schema.Key.Section;
import dev.homing.control.config.schema.Key.Setting;
import dev.homing.control.config.value.Durations;
import dev.homing.control.config.value.Numbers;
import dev.homing.control.config.value.Words;
import java.time.Duration;
import java.util.List;

/// The keys of a pool that say how its backends are watched.
public final class HealthSchema {

    private static final HealthSettings STANDARD = HealthSettings.STANDARD;

    public static final Setting<ProbeMode> PROBE =
            Setting.of(
                    "probe",
                    Words.oneOf(List.of(ProbeMode.values())),
                    STANDARD.probe(),
                    "How it is found out whether a backend is up. A probe is a first packet of an unknown QUIC version,"
                            + " which most servers answer with Version Negotiation. `auto` takes a missing answer for a"
                            + " failure only once the backend has answered a probe, and until then goes by refusals of the"
                            + " network and by connections that get no answer; `version-negotiation` always does;"
                            + " `always-up` sends no probes and takes no backend for down.");
    public static final Setting<Duration> INTERVAL =
            Setting.of(
                    "interval",
                    Durations.between(Duration.ofMillis(100), Duration.ofHours(1)),
                    STANDARD.interval(),
                    "The time between two probes of a backend, give or take a tenth. While a verdict is pending it is at"
                            + " most 200ms.");
    public static final Setting<Duration> TIMEOUT =
            Setting.of(
                    "timeout",
                    Durations.between(Duration.ofMillis(10), Duration.ofMinutes(1)),
                    STANDARD.timeout(),
                    "How long a probe waits for its answer.");
    public static final Setting<Integer> RISE =
            Setting.of(
                    "rise",
                    Numbers.between(1, 100),
                    STANDARD.rise(),
                    "How many probes in a row must be answered before a backend that is down is up again.");
    public static final Setting<Integer> FALL =
            Setting.of(
                    "fall",
                    Numbers.between(1, 100),
                    STANDARD.fall(),
                    "How many probes in a row must fail before a backend is down. It takes no new connections then and"
                            + " keeps those that are established.");
    public static final Setting<Integer> PANIC_THRESHOLD =
            Setting.of(
                    "panic-threshold",
                    Numbers.between(0, 100),
                    STANDARD.panicThreshold(),
                    "In per cent: when fewer of the pool's backends are up, all of them get new connections, whether they"
                            + " are up or not. With 0 never.");
    public static final Section HEALTH =
            new Section(
                    "health",
                    "How it is found out which backends are up. An address that several pools list is watched once, by"
                            + " the settings of the first of them.",
                    List.of(PROBE, INTERVAL, TIMEOUT, RISE, FALL, PANIC_THRESHOLD));

    public static final Setting<Duration> SLOW_START =
            Setting.of(
                    "slow-start",
                    Durations.between(Duration.ZERO, Duration.ofHours(1)),
                    STANDARD.slowStart(),
                    "How long a backend takes to get its whole share of new connections after it has joined, has come up"
                            + " again, or was activated: from a tenth on, in ten steps. Not when Homing starts.");

    private HealthSchema() {}
}
