package dev.homing.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HighWaterTest {

    private static final long SECOND_NS = 1_000_000_000L;

    /// The clock's zero is nothing special, and may be near.
    private static final long START_NS = -30 * SECOND_NS;

    private final HighWater highWater = new HighWater();

    private void note(int depth, int second) {
        highWater.note(depth, START_NS + second * SECOND_NS);
    }

    @Test
    void isTheGreatestDepthOfThisMinuteAndTheOneBefore() {
        assertEquals(0, highWater.greatest());
        note(3, 0);
        note(7, 1);
        note(5, 59);
        assertEquals(7, highWater.greatest());
        note(2, 60);
        assertEquals(7, highWater.greatest(), "the minute before counts");
        note(4, 119);
        assertEquals(7, highWater.greatest());
        note(1, 120);
        assertEquals(4, highWater.greatest(), "two minutes are over");
        note(0, 180);
        assertEquals(1, highWater.greatest());
        note(0, 240);
        assertEquals(0, highWater.greatest());
    }

    @Test
    void forgetsWhatWasBeforeAPauseOfTwoMinutes() {
        note(9, 0);
        note(1, 120);
        assertEquals(1, highWater.greatest());
    }
}
