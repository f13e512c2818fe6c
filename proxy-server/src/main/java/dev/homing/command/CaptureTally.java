package dev.homing.command;

import dev.homing.capture.Content;
import dev.homing.control.config.value.Words;
import dev.homing.explain.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Counts what became of the frames of a capture.
final class CaptureTally {

    private long frames;
    private long explained;
    private long otherPorts;

    /// By verdict, then by backend or drop reason.
    private final SequencedMap<String, Map<String, Long>> verdicts = new LinkedHashMap<>();

    private final Map<Content.Other, Long> others = new EnumMap<>(Content.Other.class);

    CaptureTally() {
        for (String verdict : List.of("decoded", "hash", "any-backend", "dropped", "cut-off")) {
            verdicts.put(verdict, new TreeMap<>());
        }
    }

    void countFrame() {
        frames++;
    }

    void countOtherPort() {
        otherPorts++;
    }

    void count(Content.Other other) {
        others.merge(other, 1L, Long::sum);
    }

    void count(Verdict verdict) {
        explained++;
        switch (verdict) {
            case Verdict.Decoded(var backend) -> count("decoded", backend.name());
            case Verdict.Proposed(var hashed, var backend) -> count("hash", backend.name());
            case Verdict.AnyBackend any -> count("any-backend", "");
            case Verdict.Dropped(var reason) -> count("dropped", reason.label());
            case Verdict.CutOff() -> count("cut-off", "");
        }
    }

    private void count(String verdict, String of) {
        verdicts.getOrDefault(verdict, new TreeMap<>()).merge(of, 1L, Long::sum);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                Plural.of(explained, "datagram") + " explained, of " + Plural.of(frames, "frame"));
        verdicts.forEach((verdict, of) -> {
            if (!of.isEmpty()) {
                lines.add("  " + verdict + ": " + sum(of) + parts(of));
            }
        });
        List<String> notLookedAt = new ArrayList<>();
        if (otherPorts > 0) {
            notLookedAt.add("datagrams to other ports: " + otherPorts);
        }
        others.forEach((other, count) -> notLookedAt.add(other.words() + ": " + count));
        if (!notLookedAt.isEmpty()) {
            lines.add("not looked at");
            notLookedAt.forEach(each -> lines.add("  " + each));
        }
        return lines;
    }

    private static long sum(Map<String, Long> of) {
        return of.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String parts(Map<String, Long> of) {
        return of.containsKey("")
                ? ""
                : " ("
                        + String.join(
                                ", ",
                                of.entrySet().stream()
                                        .map(entry -> entry.getKey() + " " + entry.getValue())
                                        .toList())
                        + ")";
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frames", frames);
        values.put("explained", explained);
        verdicts.forEach((verdict, of) -> {
            values.put(verdict, sum(of));
            if (!of.isEmpty() && !of.containsKey("")) {
                values.put(verdict + "-by", of);
            }
        });
        Map<String, Object> notLookedAt = new LinkedHashMap<>();
        notLookedAt.put("other-ports", otherPorts);
        for (Content.Other other : Content.Other.values()) {
            notLookedAt.put(Words.print(other), others.getOrDefault(other, 0L));
        }
        values.put("not-looked-at", notLookedAt);
        return values;
    }
}
