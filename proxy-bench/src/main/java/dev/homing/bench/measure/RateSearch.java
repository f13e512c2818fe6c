package dev.homing.bench.measure;

import java.io.IOException;

/// Looks for the highest rate that a trial passes, by bisection, and confirms it.
///
/// A trial fails sometimes although its rate is low enough, because the machine did something else:
/// so a rate that fails is tried again before it counts as too high, and the answer has to pass
/// several trials in a row before it is given.
public final class RateSearch {

    private static final int SECOND_CHANCES = 2;
    private static final double STEP_BACK = 0.97;

    private final Trial trial;
    private final double precision;
    private final int confirmations;

    /// What is tried.
    @FunctionalInterface
    public interface Trial {
        boolean passes(double rate) throws IOException;
    }

    /// @param precision how near the answer shall be, as a part of it
    /// @param confirmations trials that the answer has to pass in a row
    public RateSearch(Trial trial, double precision, int confirmations) {
        this.trial = trial;
        this.precision = precision;
        this.confirmations = confirmations;
    }

    /// @param low a rate that is expected to pass
    /// @param high never tried above
    /// @return 0 when not even 1 % of `low` passes
    public double highest(double low, double high) throws IOException {
        double passed = 0;
        double failed = high * (1 + precision);
        double next = low;
        double floor = low / 100;
        while (passed == 0 ? next >= floor : failed - passed > precision * passed) {
            if (passesMostly(next)) {
                passed = next;
            } else {
                failed = next;
            }
            if (passed == 0) {
                next = failed / 2;
            } else if (failed > high) {
                if (passed >= high) {
                    break;
                }
                next = Math.min(high, passed * 2);
            } else {
                next = (passed + failed) / 2;
            }
        }
        return confirmed(passed, floor);
    }

    private double confirmed(double rate, double floor) throws IOException {
        double candidate = rate;
        int inARow = 0;
        while (candidate >= floor && candidate > 0) {
            if (inARow == confirmations) {
                return candidate;
            }
            if (trial.passes(candidate)) {
                inARow++;
            } else {
                inARow = 0;
                candidate *= STEP_BACK;
            }
        }
        return 0;
    }

    /// Passing by chance is rare, failing by chance is not: after a failure, two have to pass.
    private boolean passesMostly(double rate) throws IOException {
        if (trial.passes(rate)) {
            return true;
        }
        for (int i = 0; i < SECOND_CHANCES; i++) {
            if (!trial.passes(rate)) {
                return false;
            }
        }
        return true;
    }
}
