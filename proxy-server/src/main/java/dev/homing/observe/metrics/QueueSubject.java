package dev.homing.observe.metrics;

import dev.homing.observe.metrics.reading.QueueReading;
import java.util.List;

/// What waits between threads.
record QueueSubject(List<QueueReading> queues) implements Subject {

    @Override
    public void write(Sheet sheet) {
        Series depth =
                sheet.gauge(
                        "homing_handoff_queue_depth",
                        "Datagrams that wait between a receiver and a shard; a train counts once.",
                        "receiver",
                        "shard");
        Series capacity =
                sheet.gauge(
                        "homing_handoff_queue_capacity",
                        "Datagrams that may wait between a receiver and a shard.",
                        "receiver",
                        "shard");
        Series highWater =
                sheet.gauge(
                        "homing_handoff_queue_high_water",
                        "The most datagrams that a shard found waiting in the last one to two minutes.",
                        "receiver",
                        "shard");
        for (QueueReading queue : queues) {
            depth.put(queue.handoff().depth(), queue.receiver(), queue.shard());
            highWater.put(queue.handoff().highWater(), queue.receiver(), queue.shard());
            capacity.put(queue.handoff().capacity(), queue.receiver(), queue.shard());
        }
    }
}
