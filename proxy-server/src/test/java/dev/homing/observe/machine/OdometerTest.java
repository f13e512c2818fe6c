package dev.homing.observe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.observe.machine.reading.Growth;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OdometerTest {

    private static final double TWO_TO_32 = 4294967296.0;

    @Test
    void goesOnWhereANumberOf32BitsBeginsAgain() {
        Odometer odometer = new Odometer(Growth.WRAPS_AT_32_BITS, 4294967290.0);
        assertEquals(4294967290.0, odometer.turnTo(4294967290.0));
        assertEquals(TWO_TO_32 + 4, odometer.turnTo(4));
        assertEquals(TWO_TO_32 + 9, odometer.turnTo(9));
    }

    @Test
    void countsEveryWrapOfAFastCounterThatIsReadOftenEnough() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long truth = random.nextLong(1L << 32);
        Odometer odometer = new Odometer(Growth.WRAPS_AT_32_BITS, (double) truth);
        for (int i = 0; i < 1000; i++) {
            truth += random.nextLong(1L << 32);
            assertEquals(
                    (double) truth, odometer.turnTo((double) (truth % (1L << 32))), "seed " + seed);
        }
    }

    @Test
    void tellsAWrapFromABeginningWhereTheWidthIsUnknown() {
        Odometer wraps = new Odometer(Growth.MAY_WRAP_OR_RESTART, 4294967000.0);
        assertEquals(TWO_TO_32 + 100, wraps.turnTo(100));

        Odometer restarts = new Odometer(Growth.MAY_WRAP_OR_RESTART, 1_000_000);
        assertEquals(1_000_100, restarts.turnTo(100));
        assertEquals(1_000_250, restarts.turnTo(250));

        Odometer wide = new Odometer(Growth.MAY_WRAP_OR_RESTART, TWO_TO_32 * 5);
        assertEquals(TWO_TO_32 * 5 + 3, wide.turnTo(3));
    }

    @Test
    void standsWhereTheKernelTakesALittleBack() {
        Odometer odometer = new Odometer(Growth.MAY_STEP_BACK, 33.83);
        assertEquals(33.83, odometer.turnTo(33.81));
        assertEquals(33.83, odometer.turnTo(33.82));
        assertEquals(33.83 + (33.90 - 33.83), odometer.turnTo(33.90));
    }

    @Test
    void neverGoesBackWhateverIsShown() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (Growth growth : Growth.values()) {
            Odometer odometer = new Odometer(growth, (double) random.nextLong(1L << 33));
            double before = 0;
            for (int i = 0; i < 10_000; i++) {
                double count =
                        odometer.turnTo((double) random.nextLong(1L << random.nextInt(1, 40)));
                assertTrue(count >= before, growth + ", seed " + seed);
                before = count;
            }
        }
    }
}
