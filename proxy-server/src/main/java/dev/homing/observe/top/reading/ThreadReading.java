package dev.homing.observe.top.reading;

import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Sample;
import dev.homing.observe.samples.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;

/// A receiver or shard in an interval. What nobody knows is empty.
///
/// @param busy share of the time that it was on a CPU
/// @param waiting share of the time that it was ready and got no CPU
/// @param received datagrams a second
/// @param sent datagrams a second
/// @param dropped datagrams a second
/// @param fill of its fullest socket, from 0 to 1
public record ThreadReading(
        String thread,
        OptionalDouble busy,
        OptionalDouble waiting,
        OptionalDouble received,
        OptionalDouble sent,
        OptionalDouble dropped,
        OptionalDouble fill) {

    private static final String CPU = "homing_thread_cpu_seconds_total";

    static List<ThreadReading> all(Interval interval) {
        TreeSet<String> names = new TreeSet<>(InOrder.OF_NAMES);
        names.addAll(interval.after().labels(CPU, "thread"));
        List<ThreadReading> threads = new ArrayList<>();
        for (String name : names) {
            threads.add(
                    new ThreadReading(
                            name,
                            rate(interval, CPU, name),
                            rate(interval, "homing_thread_runnable_seconds_total", name),
                            rate(interval, "homing_thread_received_datagrams_total", name),
                            rate(interval, "homing_thread_sent_datagrams_total", name),
                            rate(interval, "homing_thread_dropped_datagrams_total", name),
                            fill(interval.after(), name)));
        }
        return threads;
    }

    private static OptionalDouble rate(Interval interval, String metric, String thread) {
        return interval.after().has(metric, "thread", thread)
                ? OptionalDouble.of(interval.rate(metric, "thread", thread))
                : OptionalDouble.empty();
    }

    private static OptionalDouble fill(Samples now, String thread) {
        List<Double> shares = new ArrayList<>();
        for (String kind : List.of("homing_socket_queue", "homing_backend_ports_queue")) {
            for (Sample used : now.all(kind + "_bytes", "thread", thread)) {
                now.value(
                                kind + "_limit_bytes",
                                "thread",
                                thread,
                                "listener",
                                used.label("listener"))
                        .ifPresent(limit -> {
                            if (limit > 0) {
                                shares.add(used.value() / limit);
                            }
                        });
            }
        }
        return shares.stream().mapToDouble(Double::doubleValue).max();
    }

    /// Receivers fill queues; shards empty them.
    public boolean isReceiver() {
        return thread.startsWith("recv");
    }
}
