package dev.homing.observe.top.reading;

import dev.homing.observe.path.HopReading;
import dev.homing.observe.path.Loss;
import dev.homing.observe.path.PathReading;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Samples;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What an instance did in an interval, and how things stand at its end.
///
/// @param version empty if the instance does not say
/// @param uptime in seconds
/// @param ways the one to the backends first
/// @param queues the fullest first
/// @param backends those with most sessions first
/// @param drops the one that drops most now first
public record TopReading(
        String version,
        OptionalDouble uptime,
        OptionalDouble established,
        OptionalDouble halfOpen,
        OptionalDouble connectionIds,
        List<WayReading> ways,
        List<ThreadReading> threads,
        List<QueueReading> queues,
        List<BackendReading> backends,
        List<DropReading> drops) {

    /// Busy enough that a longer queue before the thread cannot help.
    private static final double BUSY = 0.85;

    public TopReading {
        ways = List.copyOf(ways);
        threads = List.copyOf(threads);
        queues = List.copyOf(queues);
        backends = List.copyOf(backends);
        drops = List.copyOf(drops);
    }

    public static TopReading of(Interval interval) {
        Samples now = interval.after();
        return new TopReading(
                now.labels("homing_build_info", "version").stream().findFirst().orElse(""),
                now.value("process_uptime_seconds"),
                now.value("homing_sessions", "state", "established"),
                now.value("homing_sessions", "state", "half_open"),
                now.value("homing_connection_ids"),
                PathReading.of(interval).stream()
                        .map(path -> WayReading.of(path, interval))
                        .toList(),
                ThreadReading.all(interval),
                QueueReading.all(now),
                BackendReading.all(now),
                DropReading.all(interval));
    }

    /// The way and the hop that lose first.
    public Optional<FirstLoss> firstLoss() {
        for (WayReading way : ways) {
            Optional<HopReading> hop = way.path().firstLoss();
            if (hop.isPresent()) {
                Loss worst = hop.get().worst().orElseThrow();
                OptionalDouble busy =
                        worst.remedyWhenBusy().isEmpty()
                                ? OptionalDouble.empty()
                                : busiest(hop.get().hop().thread());
                boolean isBusy = busy.orElse(0) >= BUSY;
                return Optional.of(
                        new FirstLoss(
                                way.path(),
                                hop.get(),
                                worst.what(),
                                busy,
                                isBusy ? worst.remedyWhenBusy() : worst.remedy()));
            }
        }
        return Optional.empty();
    }

    /// Where there are no receivers, shards receive for themselves.
    private OptionalDouble busiest(String kind) {
        boolean hasReceivers = threads.stream().anyMatch(ThreadReading::isReceiver);
        return kind.isEmpty()
                ? OptionalDouble.empty()
                : threads.stream()
                        .filter(thread ->
                                thread.isReceiver() == (hasReceivers && kind.equals("receiver")))
                        .filter(thread -> thread.busy().isPresent())
                        .mapToDouble(thread -> thread.busy().getAsDouble())
                        .max();
    }

    /// @param busy share of the time that the thread was on a CPU which takes over at the hop, the
    ///   busiest if there are several; empty if nobody knows, or if it makes no difference
    public record FirstLoss(
            PathReading path, HopReading hop, String what, OptionalDouble busy, String remedy) {}
}
