package dev.homing.observe.path;

import dev.homing.observe.samples.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/// What happened at a hop in an interval, in datagrams a second.
///
/// @param passed empty if nobody counts it
/// @param lost empty if nobody counts it
/// @param usual what went no further either, and means nothing
/// @param worst the loss that cost most, if there is one
public record HopReading(
        Hop hop, OptionalDouble passed, OptionalDouble lost, double usual, Optional<Loss> worst) {

    /// @param received datagrams a second that came in on the way
    static HopReading of(Hop hop, Interval interval, double received) {
        OptionalDouble passed = OptionalDouble.empty();
        for (Counter counter : hop.passed()) {
            passed = sum(passed, rate(counter, interval));
        }
        OptionalDouble lost = OptionalDouble.empty();
        double usual = 0;
        double most = 0;
        Optional<Loss> worst = Optional.empty();
        for (Loss loss : hop.losses()) {
            OptionalDouble rate = rate(loss.counter(), interval);
            if (loss.isUsual(rate.orElse(0), received)) {
                usual += rate.orElse(0);
                rate = rate.isPresent() ? OptionalDouble.of(0) : rate;
            }
            lost = sum(lost, rate);
            if (rate.orElse(0) > most) {
                most = rate.getAsDouble();
                worst = Optional.of(loss);
            }
        }
        return new HopReading(hop, passed, lost, usual, worst);
    }

    public boolean isLosing() {
        return lost.orElse(0) > 0;
    }

    /// What is not there is not 0: nobody counts it.
    private static OptionalDouble rate(Counter counter, Interval interval) {
        return interval.after().has(counter.metric(), counter.labelArray())
                ? OptionalDouble.of(interval.rate(counter.metric(), counter.labelArray()))
                : OptionalDouble.empty();
    }

    /// Unknown only if both are.
    private static OptionalDouble sum(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() || other.isPresent()
                ? OptionalDouble.of(one.orElse(0) + other.orElse(0))
                : one;
    }
}
