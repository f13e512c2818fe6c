package dev.homing.observe.path;

import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the words in the metrics mean: `/reference.json`. It is the same as long as the process
/// runs.
public final class Reference {

    private Reference() {}

    /// Maps, lists, texts, numbers and truth values:
    ///
    /// ```
    /// paths    [{title, from, hops: [{name, title, fullTitle, sentence, thread, ofMachine, passed: [{metric, labels}],
    ///            losses: [{metric, labels, also: [{metric, labels}], without: [{metric, labels}], what, remedy,
    ///                      remedyWhenBusy, usualBelow, usualShare, usualShareOfPassed}], signs: [as losses]}]}]
    /// reasons  [{reason, sentence, remedy, hop: {client, backend}}]
    /// methods  [{method, sentence}]
    /// events   [{event, sentence}]
    /// ```
    public static Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        List<Object> paths = new ArrayList<>();
        DatagramPath.ALL.forEach(path -> paths.add(path.values()));
        values.put("paths", paths);
        values.put("reasons", reasons());
        List<Object> methods = new ArrayList<>();
        for (RouteMethod method : RouteMethod.values()) {
            methods.add(Map.of("method", method.label(), "sentence", method.sentence()));
        }
        values.put("methods", methods);
        List<Object> events = new ArrayList<>();
        for (Event event : Event.values()) {
            events.add(Map.of("event", event.label(), "sentence", event.sentence()));
        }
        values.put("events", events);
        return values;
    }

    private static List<Object> reasons() {
        List<Object> reasons = new ArrayList<>();
        for (DropReason reason : DropReason.values()) {
            Map<String, Object> hops = new LinkedHashMap<>();
            for (Side side : Side.values()) {
                hops.put(side.label(), DropPlace.of(side, reason).label());
            }
            reasons.add(
                    Map.of(
                            "reason",
                            reason.label(),
                            "sentence",
                            reason.sentence(),
                            "remedy",
                            reason.remedy(),
                            "hop",
                            hops));
        }
        return reasons;
    }
}
