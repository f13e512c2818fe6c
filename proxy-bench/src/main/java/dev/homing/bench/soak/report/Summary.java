package dev.homing.bench.soak.report;

import dev.homing.bench.soak.model.Footprint;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// The same lines for the terminal and for Markdown: a name and what there was.
final class Summary {

    private static final long MEGA = 1_000_000;
    private static final int MEBI = 1 << 20;

    private Summary() {}

    static Map<String, String> lines(Outcome outcome) {
        Map<String, String> lines = new LinkedHashMap<>();
        var counts = outcome.counts();
        lines.put("time", "%.0f s, with the end".formatted(outcome.seconds()));
        lines.put("lives of Homing", Integer.toString(outcome.lives()));
        lines.put(
                "a backend by its DNS name",
                outcome.hasName() ? "yes" : "no: unshare(1) makes no mount namespace here");
        lines.put("connections", grouped(counts.connections()));
        lines.put(
                "transfers, every octet compared",
                "%s, %s MB"
                        .formatted(grouped(counts.transfers()), grouped(counts.octets() / MEGA)));
        lines.put("changes of a client's address", grouped(counts.moves()));
        lines.put(
                "excused: attempts to connect while something was out",
                grouped(counts.failedAttempts()));
        lines.put(
                "excused: connections whose server was killed, or could not be known any more",
                grouped(counts.lostConnections()));
        lines.put(
                "excused: transfers in which Homing was down, and that stalled",
                grouped(counts.cutTransfers()));
        lines.put(
                "flood",
                "%s Initials, %s datagrams of noise"
                        .formatted(grouped(counts.initials()), grouped(counts.noise())));
        lines.put("datagrams that Homing received", grouped(outcome.datagrams()));
        lines.put("dropped", drops(outcome));
        lines.put("rests at which the books balanced", Integer.toString(outcome.restsBalanced()));
        if (!outcome.footprints().isEmpty()) {
            lines.put("resident memory, MiB", range(outcome, Footprint::residentBytes, MEBI));
            lines.put(
                    "of it outside the heap, MiB",
                    range(outcome, Footprint::outsideHeapBytes, MEBI));
            lines.put("heap in use, MiB", range(outcome, Footprint::heapBytes, MEBI));
            lines.put(
                    "open files, without backend ports", range(outcome, Footprint::descriptors, 1));
            lines.put("backend ports", range(outcome, Footprint::backendPorts, 1));
        }
        lines.put("**violations**", Long.toString(outcome.violationCount()));
        return lines;
    }

    private static String drops(Outcome outcome) {
        return outcome.drops().isEmpty()
                ? "nothing"
                : outcome.drops().entrySet().stream()
                        .map(drop -> drop.getKey() + " " + grouped(drop.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String range(Outcome outcome, ToLongFunction<Footprint> of, long unit) {
        return "first %d, last %d, most %d"
                .formatted(
                        of.applyAsLong(outcome.footprints().getFirst()) / unit,
                        of.applyAsLong(outcome.footprints().getLast()) / unit,
                        outcome.footprints().stream().mapToLong(of).max().orElseThrow() / unit);
    }

    /// `12 345 678`, in groups that do not break.
    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u00a0');
    }
}
