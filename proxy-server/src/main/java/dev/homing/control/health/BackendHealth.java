package dev.homing.control.health;

import dev.homing.control.config.health.HealthSettings;
import dev.homing.control.config.health.ProbeMode;
import dev.homing.control.health.probe.ProbeResult;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/// Whether one backend is up, by all that is known of it.
///
/// ```
/// probe answered ─────────────────────────────────────► good
/// probe refused, or no way there ─────────────────────► bad
/// no answer in time:  the backend is asked strictly ──► bad
///                     it has never answered one ──────► good, for it was not refused
///                     it has answered a client since ─► good
///                     else ───────────────────────────► bad
///
/// rise and fall of good and bad ─┬─► up or down
/// silence toward clients ────────┘   (only of a backend that has never answered a probe)
/// ```
///
/// The thread `health`, but for what is said to be for any.
final class BackendHealth {

    private static final int RESULTS = ProbeResult.values().length;

    private HealthSettings settings;
    private final RiseAndFall probed;
    private final Suspension silent = new Suspension();
    private boolean hasAnswered;

    /// By the result's ordinal; read by any thread.
    private final AtomicLongArray results = new AtomicLongArray(RESULTS);

    private volatile boolean isDown;
    private String evidence = "";

    BackendHealth(HealthSettings settings) {
        this.settings = settings;
        probed = new RiseAndFall(settings.rise(), settings.fall());
    }

    HealthSettings settings() {
        return settings;
    }

    /// Other settings from now on; what is known stays.
    ///
    /// @return whether that turned it
    boolean take(HealthSettings changed) {
        settings = changed;
        probed.take(changed.rise(), changed.fall());
        evidence = "health.probe is " + changed.probe().name().toLowerCase(Locale.ROOT);
        return update();
    }

    boolean isProbed() {
        return settings.probe() != ProbeMode.ALWAYS_UP;
    }

    /// Whether a verdict is pending, so that the next probe had better come soon.
    boolean isPending() {
        return probed.isPending();
    }

    /// @param answeredMeanwhile whether the backend has answered clients since the probe left
    /// @return whether this turned it
    boolean note(ProbeResult result, boolean answeredMeanwhile) {
        results.incrementAndGet(result.ordinal());
        switch (result) {
            case ANSWERED -> {
                hasAnswered = true;
                silent.forget();
                probed.note(true);
            }
            case REFUSED, UNREACHABLE -> probed.note(false);
            case TIMED_OUT ->
                    probed.note(
                            settings.probe() == ProbeMode.AUTO
                                    && (!hasAnswered || answeredMeanwhile));
            case NOT_SENT -> {}
        }
        evidence = "the last of several probes was " + result.label().replace('_', ' ');
        return update();
    }

    /// Whether its silence toward clients counts: nobody can ask it otherwise.
    boolean isJudgedBySilence() {
        return settings.probe() == ProbeMode.AUTO && !hasAnswered;
    }

    /// It was found silent.
    ///
    /// @return whether this turned it
    boolean noteSilent(long nowNs, String seen) {
        silent.begin(nowNs);
        evidence = seen;
        return update();
    }

    /// It has answered clients of late.
    void noteAnswers() {
        if (!silent.isOn()) {
            silent.forget();
        }
    }

    /// @return whether it has sat out its silence, and that turned it
    boolean noteTime(long nowNs) {
        if (!silent.endIfDue(nowNs)) {
            return false;
        }
        evidence = "tried again after its silence";
        return update();
    }

    private boolean update() {
        boolean was = isDown;
        isDown = isProbed() && (!probed.isUp() || silent.isOn());
        return was != isDown;
    }

    /// Any thread.
    boolean isDown() {
        return isDown;
    }

    /// What turned it last, or the latest that could have.
    String evidence() {
        return evidence;
    }

    /// How many probes have ended how. Any thread.
    Map<ProbeResult, Long> counts() {
        Map<ProbeResult, Long> counts = new EnumMap<>(ProbeResult.class);
        for (ProbeResult result : ProbeResult.values()) {
            counts.put(result, results.get(result.ordinal()));
        }
        return counts;
    }
}
