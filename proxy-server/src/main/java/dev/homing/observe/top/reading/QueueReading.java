package dev.homing.observe.top.reading;

import dev.homing.observe.samples.Sample;
import dev.homing.observe.samples.Samples;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/// A queue between a receiver and a shard, now.
///
/// @param depth what waits in it
/// @param most that waited in the last one to two minutes
/// @param capacity how much may wait
public record QueueReading(
        String receiver, String shard, double depth, OptionalDouble most, OptionalDouble capacity) {

    /// The fullest first.
    static List<QueueReading> all(Samples now) {
        return now.all("homing_handoff_queue_depth").stream()
                .map(depth -> of(now, depth))
                .sorted(
                        Comparator.comparingDouble(QueueReading::depth)
                                .thenComparingDouble(queue -> queue.most.orElse(0))
                                .reversed()
                                .thenComparing(QueueReading::receiver, InOrder.OF_NAMES)
                                .thenComparing(QueueReading::shard, InOrder.OF_NAMES))
                .toList();
    }

    private static QueueReading of(Samples now, Sample depth) {
        String[] labels = {
            "receiver", depth.label("receiver"), "shard", depth.label("shard"),
        };
        return new QueueReading(
                depth.label("receiver"),
                depth.label("shard"),
                depth.value(),
                now.value("homing_handoff_queue_high_water", labels),
                now.value("homing_handoff_queue_capacity", labels));
    }
}
