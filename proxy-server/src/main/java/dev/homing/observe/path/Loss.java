package dev.homing.observe.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A way to lose datagrams at a hop.
///
/// @param what happens when the counter grows, as a sentence
/// @param remedy what helps, as a sentence
/// @param remedyWhenBusy what helps if the thread that takes over is busy nearly all the time;
///   empty if that makes no difference
/// @param usualBelow datagrams a second that mean nothing: some counters also count what was never
///   for us
/// @param usualShare of what is received on the way: so much of it means nothing either, since
///   strangers and healthy traffic bring it with them
public record Loss(
        Counter counter,
        String what,
        String remedy,
        String remedyWhenBusy,
        double usualBelow,
        double usualShare) {

    static Loss of(Counter counter, String what, String remedy) {
        return new Loss(counter, what, remedy, "", 0, 0);
    }

    Loss whenBusy(String otherRemedy) {
        return new Loss(counter, what, remedy, otherRemedy, usualBelow, usualShare);
    }

    Loss usualBelow(double datagramsPerSecond) {
        return new Loss(counter, what, remedy, remedyWhenBusy, datagramsPerSecond, usualShare);
    }

    Loss usualUpTo(double share) {
        return new Loss(counter, what, remedy, remedyWhenBusy, usualBelow, share);
    }

    /// Whether so many mean nothing.
    ///
    /// @param rate datagrams a second
    /// @param received datagrams a second on the way
    boolean isUsual(double rate, double received) {
        return rate < Math.max(usualBelow, usualShare * received);
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(counter.values());
        values.put("what", what);
        values.put("remedy", remedy);
        values.put("remedyWhenBusy", remedyWhenBusy);
        values.put("usualBelow", usualBelow);
        values.put("usualShare", usualShare);
        return values;
    }

    static List<Object> values(List<Loss> losses) {
        List<Object> list = new ArrayList<>();
        losses.forEach(loss -> list.add(loss.values()));
        return list;
    }
}
