package dev.homing.diagnose;

import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.ThreadLoad;
import dev.homing.observe.path.HopReading;
import dev.homing.observe.path.PathReading;
import dev.homing.observe.path.Place;
import dev.homing.observe.samples.Histogram;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// The way of datagrams in an interval, hop by hop: what was lost is read from the same counters as
/// on the live page.
final class Way {

    private static final int THREADS_NAMED = 4;

    private final Interval interval;
    private final List<Stage> stages = new ArrayList<>();

    /// Datagrams a second that came as far as this, where Homing itself counts.
    private double passed;

    private Way(Interval interval) {
        this.interval = interval;
    }

    static List<Stage> of(Interval interval) {
        Way way = new Way(interval);
        boolean isInstance = interval.after().has(Series.RECEIVED);
        for (PathReading path : PathReading.of(interval)) {
            for (HopReading hop : path.hops()) {
                if (isInstance || hop.hop().place().compareTo(Place.SOCKET) <= 0) {
                    way.add(hop);
                }
            }
        }
        return List.copyOf(way.stages);
    }

    private void add(HopReading hop) {
        Place place = hop.hop().place();
        boolean isAnyones = place == Place.SOCKET && !interval.after().has(Series.SOCKET_DROPS);
        OptionalDouble lost =
                isAnyones ? rate(Series.UDP, "counter", "receive_buffer_errors") : hop.lost();
        String note = isAnyones ? "all sockets of the machine" : note(place);
        if (hop.usual() > 0) {
            String usual = "%s dropped as usual".formatted(Figures.rate(hop.usual()));
            note = note.isEmpty() ? usual : note + ", " + usual;
        }
        stages.add(new Stage(place, passed(hop, isAnyones), lost, note));
    }

    private OptionalDouble passed(HopReading hop, boolean isAnyones) {
        switch (hop.hop().place()) {
            case UDP -> {
                return rate(Series.UDP, "counter", "in_datagrams");
            }
            case SOCKET -> {
                passed = interval.rate(Series.RECEIVED, "side", "client");
                return isAnyones ? OptionalDouble.empty() : OptionalDouble.of(passed);
            }
            case ANSWER_SOCKET -> {
                passed = interval.rate(Series.RECEIVED, "side", "backend");
                return OptionalDouble.of(passed);
            }
            case RECEIVER, QUEUE, SHARD, ANSWER_SHARD -> {
                passed = Math.max(0, passed - hop.lost().orElse(0) - hop.usual());
                return OptionalDouble.of(passed);
            }
            case BACKEND -> {
                return rate(Series.RECEIVED, "side", "backend");
            }
            default -> {
                return hop.passed();
            }
        }
    }

    private String note(Place place) {
        return switch (place) {
            case NIC ->
                    interval.after().labels(Series.NIC, "interface").stream()
                            .limit(THREADS_NAMED)
                            .collect(Collectors.joining(", "));
            case SOCKET -> fullest();
            case RECEIVER -> loads("recv-");
            case QUEUE -> {
                double depth = interval.after().max(Series.QUEUE_DEPTH).orElse(0);
                double capacity = interval.after().max(Series.QUEUE_CAPACITY).orElse(0);
                String wait = time(Series.QUEUE_WAIT, "waits");
                yield capacity == 0
                        ? "none: shards receive for themselves"
                        : "%s of %s%s"
                                .formatted(
                                        Figures.count(depth),
                                        Figures.count(capacity),
                                        wait.isEmpty() ? "" : ", " + wait);
            }
            case SHARD -> loads("shard-");
            case SEND -> time(Series.FORWARD_TIME, "takes", "side", "client");
            case BACKEND -> "answers; lost: ICMP errors";
            case ANSWER_SOCKET -> Figures.count(interval.after().sum(Series.PORTS)) + " ports";
            case ANSWER_SEND -> time(Series.FORWARD_TIME, "takes", "side", "backend");
            default -> "";
        };
    }

    /// The busiest threads of a kind.
    private String loads(String prefix) {
        List<ThreadLoad> loads =
                ThreadLoad.all(interval).stream()
                        .filter(load -> load.name().startsWith(prefix))
                        .sorted((a, b) -> Double.compare(b.busy().orElse(0), a.busy().orElse(0)))
                        .toList();
        return loads.stream().limit(THREADS_NAMED).map(Way::load).collect(Collectors.joining(", "))
                + (loads.size() > THREADS_NAMED
                        ? " and %d more".formatted(loads.size() - THREADS_NAMED)
                        : "");
    }

    private static String load(ThreadLoad load) {
        if (load.isStopped()) {
            return load.name() + " stopped";
        }
        return load.busy().isPresent()
                ? "%s busy %s".formatted(load.name(), Figures.percent(load.busy().getAsDouble()))
                : load.name();
    }

    private String fullest() {
        double queue = interval.after().max(Series.SOCKET_QUEUE).orElse(0);
        double limit = interval.after().max(Series.SOCKET_LIMIT).orElse(0);
        return limit == 0 ? "" : "%s of %s".formatted(Figures.octets(queue), Figures.octets(limit));
    }

    /// `waits 12 µs, 1 % longer than 80 µs`
    private String time(String series, String verb, String... labels) {
        Optional<Histogram> times = interval.histogram(series, labels);
        OptionalDouble half =
                times.isPresent() ? times.get().quantile(0.5) : OptionalDouble.empty();
        return half.isEmpty()
                ? ""
                : "%s %s, 1 %% longer than %s"
                        .formatted(
                                verb,
                                Figures.time(half.getAsDouble()),
                                Figures.time(times.orElseThrow().quantile(0.99).orElse(0)));
    }

    private OptionalDouble rate(String series, String... labels) {
        return interval.after().has(series)
                ? OptionalDouble.of(interval.rate(series, labels))
                : OptionalDouble.empty();
    }
}
