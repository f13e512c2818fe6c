package dev.homing.observe.machine;

import dev.homing.observe.machine.reading.Growth;

/// Makes of what a kernel's counter shows, one number after the other, a count that never goes
/// back.
///
/// ```
/// shown    4294967290   4   9   …        WRAPS_AT_32_BITS
/// count    4294967290  …300 …305
/// ```
///
/// Between two looks a counter may wrap once at most. One thread at a time.
final class Odometer {

    private static final double MODULUS = 0x1p32;

    /// Where a number that may be of 32 or of 64 bits falls from the last quarter of 32 bits into
    /// the first, it has wrapped; from elsewhere, it has begun anew.
    private static final double QUARTER = MODULUS / 4;

    private final Growth growth;
    private double shown;
    private double count;

    Odometer(Growth growth, double first) {
        this.growth = growth;
        shown = first;
        count = first;
    }

    /// The count, now that the kernel shows this.
    double turnTo(double now) {
        double step = now - shown;
        if (step >= 0) {
            count += step;
            shown = now;
            return count;
        }
        switch (growth) {
            // Wider after all, should a kernel make it so: then it has begun anew.
            case WRAPS_AT_32_BITS -> count += shown < MODULUS ? step + MODULUS : now;
            case MAY_WRAP_OR_RESTART -> count += hasWrapped(now) ? step + MODULUS : now;
            case MAY_STEP_BACK, NONE -> {
                return count;
            }
        }
        shown = now;
        return count;
    }

    private boolean hasWrapped(double now) {
        return shown < MODULUS && shown >= MODULUS - QUARTER && now < QUARTER;
    }
}
