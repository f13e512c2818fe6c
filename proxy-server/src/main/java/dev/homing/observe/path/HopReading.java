package dev.homing.observe.path;

import dev.homing.observe.samples.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What happened at a hop in an interval, in datagrams a second.
///
/// @param passed empty if nobody counts it
/// @param lost empty if nobody counts it
/// @param worst the loss that cost most, if there is one
public record HopReading(
        Hop hop, OptionalDouble passed, OptionalDouble lost, Optional<Loss> worst) {

    static HopReading of(Hop hop, Interval interval) {
        double most = 0;
        Optional<Loss> worst = Optional.empty();
        for (Loss loss : hop.losses()) {
            double rate = rate(loss, interval).orElse(0);
            if (rate > most) {
                most = rate;
                worst = Optional.of(loss);
            }
        }
        return new HopReading(
                hop,
                sum(hop.passed().stream().map(counter -> rate(counter, interval)).toList()),
                sum(hop.losses().stream().map(loss -> rate(loss, interval)).toList()),
                worst);
    }

    public boolean isLosing() {
        return lost.orElse(0) > 0;
    }

    private static OptionalDouble rate(Loss loss, Interval interval) {
        OptionalDouble rate = rate(loss.counter(), interval);
        return rate.orElse(0) < loss.ignoredBelow() && rate.isPresent()
                ? OptionalDouble.of(0)
                : rate;
    }

    /// What is not there is not 0: nobody counts it.
    private static OptionalDouble rate(Counter counter, Interval interval) {
        return interval.after().has(counter.metric(), counter.labelArray())
                ? OptionalDouble.of(interval.rate(counter.metric(), counter.labelArray()))
                : OptionalDouble.empty();
    }

    private static OptionalDouble sum(List<OptionalDouble> rates) {
        return rates.stream().anyMatch(OptionalDouble::isPresent)
                ? OptionalDouble.of(rates.stream().mapToDouble(rate -> rate.orElse(0)).sum())
                : OptionalDouble.empty();
    }
}
