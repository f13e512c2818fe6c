package dev.homing.observe.path;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is known of one hop of a datagram's way.
///
/// @param sentence what happens here
/// @param thread which threads take over here: `receiver`, `shard`, or empty for the kernel's
/// @param passed counters of what went through, added up; empty if nothing counts that
/// @param losses what may be lost here
/// @param signs what is no loss yet, or nobody's, and worth knowing
public record Hop(
        Place place,
        String sentence,
        String thread,
        List<Counter> passed,
        List<Loss> losses,
        List<Loss> signs) {

    public Hop {
        passed = List.copyOf(passed);
        losses = List.copyOf(losses);
        signs = List.copyOf(signs);
    }

    /// As maps, lists, texts and numbers, for JSON.
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", place.label());
        values.put("title", place.title());
        values.put("fullTitle", place.fullTitle());
        values.put("sentence", sentence);
        values.put("thread", thread);
        values.put("ofMachine", place.isOfMachine());
        values.put("passed", Counter.values(passed));
        values.put("losses", Loss.values(losses));
        values.put("signs", Loss.values(signs));
        return values;
    }
}
