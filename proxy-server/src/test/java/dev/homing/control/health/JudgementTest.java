package dev.homing.control.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.health.HealthSettings;
import dev.homing.control.config.health.ProbeMode;
import dev.homing.control.health.Silence.Share;
import dev.homing.control.health.probe.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What is made of probes and of silence.
class JudgementTest {

    private static final long SECOND_NS = 1_000_000_000L;

    private static HealthSettings settings(ProbeMode probe, int rise, int fall) {
        return new HealthSettings(
                probe, Duration.ofSeconds(5), Duration.ofSeconds(1), rise, fall, 50, Duration.ZERO);
    }

    private static BackendHealth health(ProbeMode probe) {
        return new BackendHealth(settings(probe, 2, 3));
    }

    /// G and B are good and bad probes; u and d what holds after each.
    @ParameterizedTest
    @CsvSource({
        "1, 1, GBGB,      udud",
        "2, 3, BBGBBB,    uuuuud",
        "2, 3, BBBGBGG,   uuddddu",
        "3, 2, BBGGBGGG,  uddddddu",
        "2, 3, BBBBBGG,   uuddddu",
    })
    void probesTurnABackendAfterSoManyInARow(int rise, int fall, String probes, String verdicts) {
        RiseAndFall judge = new RiseAndFall(rise, fall);
        boolean wasUp = true;
        for (int i = 0; i < probes.length(); i++) {
            boolean turned = judge.note(probes.charAt(i) == 'G');
            assertEquals(verdicts.charAt(i) == 'u', judge.isUp(), "after " + (i + 1));
            assertEquals(wasUp != judge.isUp(), turned);
            wasUp = judge.isUp();
        }
    }

    @Test
    void aVerdictIsPendingUntilTheFirstOneAndWhileProbesSpeakAgainstIt() {
        RiseAndFall judge = new RiseAndFall(2, 2);
        assertTrue(judge.isPending(), "nothing is known");
        judge.note(true);
        assertFalse(judge.isPending());
        judge.note(false);
        assertTrue(judge.isPending());
        judge.note(false);
        assertFalse(judge.isPending(), "down for certain");
        judge.note(true);
        assertTrue(judge.isPending());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 50, false",
        "1, 2, 50, false",
        "1, 3, 50, true",
        "0, 1, 50, true",
        "0, 1, 1,  true",
        "0, 9, 0,  false",
        "9, 10, 100, true",
        "10, 10, 100, false",
        "8000, 16000, 50, false",
        "7999, 16000, 50, true",
    })
    void allAreUsedWhenFewerThanTheThresholdAreUp(int up, int all, int percent, boolean is) {
        assertEquals(is, Panic.isDue(up, all, percent));
    }

    @Test
    void probesAreSpreadAndComeSoonWhileAVerdictIsPending() {
        ProbePace pace = new ProbePace(new SplittableRandom(7));
        HealthSettings settings = settings(ProbeMode.AUTO, 2, 3);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            long next = pace.nextNs(settings, false);
            least = Math.min(least, next);
            most = Math.max(most, next);
            long soon = pace.nextNs(settings, true);
            assertTrue(soon >= 180_000_000 && soon <= 220_000_000, () -> soon + " ns");
            long first = pace.firstNs(settings);
            assertTrue(first >= 0 && first < 200_000_000, () -> first + " ns");
        }
        assertTrue(least >= 4_500_000_000L && least < 4_510_000_000L, least + " ns");
        assertTrue(most <= 5_500_000_000L && most > 5_490_000_000L, most + " ns");
    }

    // Probes.

    @ParameterizedTest
    @EnumSource(
            value = ProbeResult.class,
            names = {"REFUSED", "UNREACHABLE"})
    void aBackendThatTheNetworkRefusesIsDownThoughItNeverAnsweredAProbe(ProbeResult result) {
        BackendHealth health = health(ProbeMode.AUTO);
        assertFalse(health.note(result, false));
        assertFalse(health.note(result, false));
        assertTrue(health.note(result, false));
        assertTrue(health.isDown());
        // It listens again, and still answers no probe.
        assertFalse(health.note(ProbeResult.TIMED_OUT, false));
        assertTrue(health.note(ProbeResult.TIMED_OUT, false));
        assertFalse(health.isDown());
    }

    @Test
    void aBackendThatNeverAnsweredAProbeIsNotTakenDownForIt() {
        BackendHealth health = health(ProbeMode.AUTO);
        for (int i = 0; i < 100; i++) {
            assertFalse(health.note(ProbeResult.TIMED_OUT, false));
        }
        assertFalse(health.isDown());
        assertFalse(health.isPending(), "and is asked no more often for it");
        assertTrue(health.isJudgedBySilence());
    }

    @Test
    void aBackendThatAnsweredOnceIsDownWhenItAnswersNoMore() {
        BackendHealth health = health(ProbeMode.AUTO);
        health.note(ProbeResult.ANSWERED, false);
        assertFalse(health.isJudgedBySilence());
        for (int i = 0; i < 3; i++) {
            assertFalse(health.isDown());
            health.note(ProbeResult.TIMED_OUT, false);
        }
        assertTrue(health.isDown());
        health.note(ProbeResult.ANSWERED, false);
        health.note(ProbeResult.ANSWERED, false);
        assertFalse(health.isDown());
    }

    @Test
    void whoAnswersClientsIsUpThoughItLeavesProbesUnanswered() {
        BackendHealth health = health(ProbeMode.AUTO);
        health.note(ProbeResult.ANSWERED, false);
        for (int i = 0; i < 100; i++) {
            health.note(ProbeResult.TIMED_OUT, true);
        }
        assertFalse(health.isDown());
    }

    @Test
    void askedStrictlyABackendHasToAnswer() {
        BackendHealth health = health(ProbeMode.VERSION_NEGOTIATION);
        for (int i = 0; i < 3; i++) {
            health.note(ProbeResult.TIMED_OUT, true);
        }
        assertTrue(health.isDown());
        assertFalse(health.isJudgedBySilence());
    }

    @ParameterizedTest
    @EnumSource(ProbeMode.class)
    void whatThisMachineCannotSendSaysNothingOfABackend(ProbeMode mode) {
        BackendHealth health = health(mode);
        for (int i = 0; i < 100; i++) {
            assertFalse(health.note(ProbeResult.NOT_SENT, false));
        }
        assertEquals(100, health.counts().get(ProbeResult.NOT_SENT));
        assertEquals(0, health.counts().get(ProbeResult.REFUSED));
    }

    @Test
    void aBackendThatIsToBeAlwaysUpIsUpAtOnce() {
        BackendHealth health = health(ProbeMode.AUTO);
        for (int i = 0; i < 3; i++) {
            health.note(ProbeResult.REFUSED, false);
        }
        assertTrue(health.take(settings(ProbeMode.ALWAYS_UP, 2, 3)));
        assertFalse(health.isDown());
        assertFalse(health.isProbed());
        assertTrue(health.take(settings(ProbeMode.AUTO, 2, 3)), "what was known stays");
        assertTrue(health.isDown());
    }

    // Silence.

    @ParameterizedTest
    @CsvSource({
        // own: answered, unanswered, weight · others: answered, weight
        "0, 10, 1, 10,  1, true",
        "0,  9, 1, 10,  1, false",
        "0, 10, 1,  9,  1, false",
        "1, 99, 1, 99,  1, false", // it answers somebody
        "0, 99, 1,  0,  1, false", // nobody answers: garbage, or the network
        "0, 99, 1, 89,  9, false", // it would have had 9 only
        "0, 99, 1, 90,  9, true",
        "0, 99, 3, 30,  9, true",
        "0, 99, 1,  0,  0, false", // it is alone
    })
    void onlyWhoAnswersNobodyWhileOthersDoIsSilent(
            long answered,
            long unanswered,
            long weight,
            long othersAnswered,
            long othersWeight,
            boolean is) {
        assertEquals(
                is,
                Silence.isSilent(
                        new Share(answered, unanswered, weight),
                        new Share(othersAnswered, 1_000, othersWeight)));
    }

    @Test
    void aSilentBackendSitsOutLongerEachTimeUntilItHasAnswered() {
        BackendHealth health = health(ProbeMode.AUTO);
        long nowNs = 5 * SECOND_NS;
        for (long seconds : List.of(30L, 60L, 120L, 240L, 300L, 300L)) {
            assertTrue(health.noteSilent(nowNs, "seen"));
            assertTrue(health.isDown());
            assertFalse(health.noteTime(nowNs + seconds * SECOND_NS - 1));
            nowNs += seconds * SECOND_NS;
            assertTrue(health.noteTime(nowNs));
            assertFalse(health.isDown());
        }
        health.noteAnswers();
        health.noteSilent(nowNs, "seen");
        assertTrue(health.noteTime(nowNs + 30 * SECOND_NS));
    }

    @Test
    void aProbeThatIsAnsweredEndsTheSilence() {
        BackendHealth health = health(ProbeMode.AUTO);
        health.noteSilent(0, "seen");
        health.note(ProbeResult.TIMED_OUT, false);
        assertTrue(health.isDown());
        assertTrue(health.note(ProbeResult.ANSWERED, false));
        assertFalse(health.isDown());
        assertFalse(health.isJudgedBySilence());
    }

    @Test
    void countersAreLookedAtForTheirWindowOnly() {
        Recent recent = new Recent(10 * SECOND_NS);
        assertEquals(0, recent.first());
        for (int second = 0; second <= 100; second++) {
            recent.note(second * SECOND_NS, 3L * second, second < 50 ? second : 50);
        }
        assertEquals(30, recent.first());
        assertEquals(0, recent.second());
        recent.forget();
        assertEquals(0, recent.first());
    }
}
