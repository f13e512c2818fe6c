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
/// @param ignoredBelow datagrams a second that mean nothing: some counters also count what was
///   never for us
public record Loss(
        Counter counter, String what, String remedy, String remedyWhenBusy, double ignoredBelow) {

    static Loss of(Counter counter, String what, String remedy) {
        return new Loss(counter, what, remedy, "", 0);
    }

    Loss whenBusy(String otherRemedy) {
        return new Loss(counter, what, remedy, otherRemedy, ignoredBelow);
    }

    Loss from(double datagramsPerSecond) {
        return new Loss(counter, what, remedy, remedyWhenBusy, datagramsPerSecond);
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(counter.values());
        values.put("what", what);
        values.put("remedy", remedy);
        values.put("remedyWhenBusy", remedyWhenBusy);
        values.put("ignoredBelow", ignoredBelow);
        return values;
    }

    static List<Object> values(List<Loss> losses) {
        List<Object> list = new ArrayList<>();
        losses.forEach(loss -> list.add(loss.values()));
        return list;
    }
}
