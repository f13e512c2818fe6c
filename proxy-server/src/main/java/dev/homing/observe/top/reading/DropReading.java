package dev.homing.observe.top.reading;

import dev.homing.ledger.DropReason;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Sample;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// A drop reason that dropped something since the instance started.
///
/// @param side that the datagrams were received from
/// @param rate datagrams a second
/// @param total since start
/// @param remedy empty if this program does not know the reason: the instance may be newer
public record DropReading(String reason, String side, double rate, double total, String remedy) {

    private static final String DROPPED = "homing_datagrams_dropped_total";

    /// The one that drops most now first.
    static List<DropReading> all(Interval interval) {
        return interval.after().all(DROPPED).stream()
                .filter(drop -> drop.value() > 0)
                .map(drop -> of(interval, drop))
                .sorted(
                        Comparator.comparingDouble(DropReading::rate)
                                .thenComparingDouble(DropReading::total)
                                .reversed()
                                .thenComparing(DropReading::reason)
                                .thenComparing(DropReading::side))
                .toList();
    }

    private static DropReading of(Interval interval, Sample drop) {
        String reason = drop.label("reason");
        String side = drop.label("side");
        return new DropReading(
                reason,
                side,
                interval.rate(DROPPED, "side", side, "reason", reason),
                drop.value(),
                Arrays.stream(DropReason.values())
                        .filter(known -> known.label().equals(reason))
                        .map(DropReason::remedy)
                        .findFirst()
                        .orElse(""));
    }
}
