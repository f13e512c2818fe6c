package dev.homing.bench.soak.report;

import dev.homing.bench.soak.model.Footprint;
import dev.homing.bench.soak.model.Violation;
import dev.homing.bench.soak.traffic.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All that a soak has found.
///
/// @param hasName whether a backend was known by a DNS name
/// @param seconds that it took, the end included
/// @param events how many of each kind
/// @param drops of all lives of Homing, by reason
/// @param datagrams that all lives of Homing received, of both sides
/// @param restsBalanced how often the books were compared at rest, and balanced
/// @param footprints in order of time
/// @param violations the first ones
/// @param violationCount all of them
public record Outcome(
        long seed,
        boolean hasName,
        double seconds,
        int lives,
        Map<String, Integer> events,
        Tally.Counts counts,
        Map<String, Long> drops,
        long datagrams,
        int restsBalanced,
        List<Footprint> footprints,
        List<Violation> violations,
        long violationCount) {

    public Outcome {
        events = new TreeMap<>(events);
        drops = new TreeMap<>(drops);
        footprints = List.copyOf(footprints);
        violations = List.copyOf(violations);
    }

    public boolean isClean() {
        return violationCount == 0;
    }

    /// For [dev.homing.command.Json].
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("clean", isClean());
        values.put("seed", seed);
        values.put("has-name", hasName);
        values.put("seconds", Math.round(seconds));
        values.put("lives", lives);
        values.put("events", events);
        values.put("connections", counts.connections());
        values.put("transfers", counts.transfers());
        values.put("octets", counts.octets());
        values.put("moves", counts.moves());
        values.put("attempts-failed-with-an-excuse", counts.failedAttempts());
        values.put("connections-lost-with-an-excuse", counts.lostConnections());
        values.put("transfers-cut-by-an-outage-of-homing", counts.cutTransfers());
        values.put("flood-initials", counts.initials());
        values.put("flood-noise", counts.noise());
        values.put("datagrams", datagrams);
        values.put("drops", drops);
        values.put("rests-balanced", restsBalanced);
        values.put("footprints", footprints.stream().map(Footprint::values).toList());
        values.put("violation-count", violationCount);
        values.put("violations", violations.stream().map(Violation::values).toList());
        return values;
    }
}
