package dev.homing.observe.path;

import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// A way to lose datagrams at a hop: what one counter says, or what is left of it when others have
/// had their part.
///
/// @param also counters that are added
/// @param without counters that are taken off; less than nothing is nothing
/// @param what happens when it grows, as a sentence
/// @param remedy what helps, as a sentence
/// @param remedyWhenBusy what helps if the thread that takes over is busy nearly all the time;
///   empty if that makes no difference
/// @param usual how much of it means nothing
public record Loss(
        Counter counter,
        List<Counter> also,
        List<Counter> without,
        String what,
        String remedy,
        String remedyWhenBusy,
        Usual usual) {

    /// So much means nothing. The greatest of the three counts.
    ///
    /// @param below datagrams a second: some counters also count what was never for us
    /// @param ofReceived share of what is received on the way: strangers and healthy traffic bring
    ///   it with them
    /// @param ofPassed share of what passes the hop
    public record Usual(double below, double ofReceived, double ofPassed) {

        static final Usual NONE = new Usual(0, 0, 0);
    }

    public Loss {
        also = List.copyOf(also);
        without = List.copyOf(without);
    }

    static Loss of(Counter counter, String what, String remedy) {
        return new Loss(counter, List.of(), List.of(), what, remedy, "", Usual.NONE);
    }

    Loss whenBusy(String otherRemedy) {
        return new Loss(counter, also, without, what, remedy, otherRemedy, usual);
    }

    Loss also(Counter... counters) {
        return new Loss(counter, List.of(counters), without, what, remedy, remedyWhenBusy, usual);
    }

    Loss without(Counter... counters) {
        return new Loss(counter, also, List.of(counters), what, remedy, remedyWhenBusy, usual);
    }

    Loss usual(double below, double ofReceived, double ofPassed) {
        return new Loss(
                counter,
                also,
                without,
                what,
                remedy,
                remedyWhenBusy,
                new Usual(below, ofReceived, ofPassed));
    }

    /// How many were lost; empty if nobody counts it.
    public OptionalDouble increase(Interval interval) {
        OptionalDouble grown = counter.increase(interval);
        return grown.isPresent()
                ? OptionalDouble.of(
                        Math.max(
                                0,
                                grown.getAsDouble() + sum(also, interval) - sum(without, interval)))
                : grown;
    }

    private static double sum(List<Counter> counters, Interval interval) {
        return counters.stream().mapToDouble(counter -> counter.increase(interval).orElse(0)).sum();
    }

    /// Whether so many mean nothing, all in datagrams a second.
    ///
    /// @param received on the way
    /// @param passed at the hop; 0 if nobody counts it
    public boolean isUsual(double rate, double received, double passed) {
        double most =
                Math.max(
                        usual.below(),
                        Math.max(usual.ofReceived() * received, usual.ofPassed() * passed));
        return rate < most;
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(counter.values());
        values.put("also", Counter.values(also));
        values.put("without", Counter.values(without));
        values.put("what", what);
        values.put("remedy", remedy);
        values.put("remedyWhenBusy", remedyWhenBusy);
        values.put("usualBelow", usual.below());
        values.put("usualShare", usual.ofReceived());
        values.put("usualShareOfPassed", usual.ofPassed());
        return values;
    }

    static List<Object> values(List<Loss> losses) {
        List<Object> list = new ArrayList<>();
        losses.forEach(loss -> list.add(loss.values()));
        return list;
    }
}
