package dev.homing.control.reload;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// How often the configuration was read again, and what came of the latest time. The start counts
/// as a success, but not as a reload.
///
/// One thread notes, any thread reads.
public final class ReloadHistory {

    /// @param applied reloads that changed something
    /// @param unchanged reloads that found what was in force already
    /// @param refused reloads that left the old configuration in force
    /// @param hash of the configuration in force
    /// @param lastGood when the configuration was last found good
    /// @param refusal what keeps the latest one out of force; empty if it is in force
    public record State(
            long applied,
            long unchanged,
            long refused,
            String hash,
            Instant lastGood,
            Optional<Refusal> refusal) {}

    /// @param since when the first of these was refused, with no good one after it
    /// @param trigger of the latest
    /// @param problems of the latest
    /// @param first of its problems, as a line for people
    public record Refusal(Instant since, Trigger trigger, int problems, String first) {}

    private final Clock clock;
    private volatile State state;

    /// @param hash of the configuration that Homing starts with
    public ReloadHistory(Clock clock, String hash) {
        this.clock = clock;
        state = new State(0, 0, 0, hash, clock.instant(), Optional.empty());
    }

    public State state() {
        return state;
    }

    /// @param hash of the configuration that is in force now
    public void note(ReloadResult result, Trigger trigger, String hash) {
        State before = state;
        Instant now = clock.instant();
        state =
                switch (result) {
                    case ReloadResult.Applied applied ->
                            good(
                                    before,
                                    trigger,
                                    before.applied() + 1,
                                    before.unchanged(),
                                    hash,
                                    now);
                    case ReloadResult.Unchanged unchanged ->
                            good(
                                    before,
                                    trigger,
                                    before.applied(),
                                    before.unchanged() + 1,
                                    hash,
                                    now);
                    case ReloadResult.Refused refused ->
                            new State(
                                    before.applied(),
                                    before.unchanged(),
                                    before.refused() + 1,
                                    hash,
                                    before.lastGood(),
                                    Optional.of(refusal(before, trigger, refused, now)));
                };
    }

    /// Names that resolve make no file good that was refused.
    private static State good(
            State before, Trigger trigger, long applied, long unchanged, String hash, Instant now) {
        Optional<Refusal> stays =
                before.refusal()
                        .filter(refusal ->
                                trigger == Trigger.NAMES && refusal.trigger() != Trigger.NAMES);
        Instant lastGood = stays.isPresent() ? before.lastGood() : now;
        return new State(applied, unchanged, before.refused(), hash, lastGood, stays);
    }

    private static Refusal refusal(
            State before, Trigger trigger, ReloadResult.Refused refused, Instant now) {
        return new Refusal(
                before.refusal().map(Refusal::since).orElse(now),
                trigger,
                refused.problems().size(),
                refused.problems().getFirst().toString());
    }
}
