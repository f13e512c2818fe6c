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
        double seconds = interval.seconds();
        OptionalDouble passed = OptionalDouble.empty();
        for (Counter counter : hop.passed()) {
            passed = sum(passed, counter.increase(interval), seconds);
        }
        OptionalDouble lost = OptionalDouble.empty();
        double usual = 0;
        double most = 0;
        Optional<Loss> worst = Optional.empty();
        for (Loss loss : hop.losses()) {
            OptionalDouble increase = loss.increase(interval);
            double rate = increase.orElse(0) / seconds;
            if (loss.isUsual(rate, received, passed.orElse(0))) {
                usual += rate;
                rate = 0;
                increase = increase.isPresent() ? OptionalDouble.of(0) : increase;
            }
            lost = sum(lost, increase, seconds);
            if (rate > most) {
                most = rate;
                worst = Optional.of(loss);
            }
        }
        return new HopReading(hop, passed, lost, usual, worst);
    }

    public boolean isLosing() {
        return lost.orElse(0) > 0;
    }

    /// Unknown only if both are.
    ///
    /// @param increase is made a rate
    private static OptionalDouble sum(
            OptionalDouble rate, OptionalDouble increase, double seconds) {
        return rate.isPresent() || increase.isPresent()
                ? OptionalDouble.of(rate.orElse(0) + increase.orElse(0) / seconds)
                : rate;
    }
}
