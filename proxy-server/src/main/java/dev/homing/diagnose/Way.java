package dev.homing.diagnose;

import dev.homing.diagnose.arrival.Firewall;
import dev.homing.diagnose.arrival.NicRing;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Losses;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Step;
import dev.homing.diagnose.finding.ThreadLoad;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Side;
import dev.homing.observe.samples.Histogram;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// The way of datagrams in an interval, step by step. The first four steps are the whole machine's,
/// and count what is not Homing's as well.
final class Way {

    private static final int THREADS_NAMED = 4;

    private final Interval interval;
    private final List<Stage> stages = new ArrayList<>();

    private Way(Interval interval) {
        this.interval = interval;
    }

    static List<Stage> of(Interval interval) {
        Way way = new Way(interval);
        way.machine();
        if (interval.after().has(Series.RECEIVED)) {
            way.forward();
            way.back();
        }
        return List.copyOf(way.stages);
    }

    private void machine() {
        List<String> names = List.copyOf(interval.after().labels(Series.NIC, "interface"));
        double missed =
                names.stream().mapToDouble(name -> NicRing.ringLosses(interval, name)).sum();
        add(
                Step.NIC,
                rate(Series.NIC, "counter", "rx_packets"),
                ifKnown(Series.NIC, missed / interval.seconds()),
                names.stream().limit(THREADS_NAMED).collect(Collectors.joining(", ")));
        double backlog =
                interval.rate(Series.SOFTNET, "counter", "dropped")
                        + interval.rate(Series.SOFTNET, "counter", "flow_limited");
        add(
                Step.SOFTIRQ,
                rate(Series.SOFTNET, "counter", "processed"),
                ifKnown(Series.SOFTNET, backlog),
                "");
        add(
                Step.FIREWALL,
                rate(Series.IP, "counter", "in_delivers"),
                ifKnown(Series.IP, Firewall.taken(interval) / interval.seconds()),
                "");
        double udp =
                interval.rate(Series.UDP, "counter", "in_checksum_errors")
                        + interval.rate(Series.UDP, "counter", "memory_errors");
        add(Step.UDP, rate(Series.UDP, "counter", "in_datagrams"), ifKnown(Series.UDP, udp), "");
        if (!interval.after().has(Series.SOCKET_DROPS)) {
            add(
                    Step.SOCKET,
                    OptionalDouble.empty(),
                    rate(Series.UDP, "counter", "receive_buffer_errors"),
                    "all sockets of the machine");
        }
    }

    private void forward() {
        double passed = interval.rate(Series.RECEIVED, "side", "client");
        if (interval.after().has(Series.SOCKET_DROPS)) {
            add(Step.SOCKET, some(passed), some(interval.rate(Series.SOCKET_DROPS)), fullest());
        }
        for (Step step : List.of(Step.RECEIVER, Step.QUEUE, Step.SHARD)) {
            double lost = lost(step, Side.CLIENT);
            passed = Math.max(0, passed - lost);
            add(step, some(passed), some(lost), note(step));
        }
        add(
                Step.SEND,
                rate(Series.SENT, "side", "backend"),
                some(lost(Step.SEND, Side.CLIENT)),
                time(Series.FORWARD_TIME, "takes", "side", "client"));
        add(
                Step.BACKEND,
                rate(Series.RECEIVED, "side", "backend"),
                rate(Series.EVENTS, "event", Event.ICMP_ERROR.label()),
                "answers; lost: ICMP errors");
    }

    private void back() {
        double passed = interval.rate(Series.RECEIVED, "side", "backend");
        add(
                Step.ANSWER_SOCKET,
                some(passed),
                rate(Series.PORT_DROPS),
                Figures.count(interval.after().sum(Series.PORTS)) + " ports");
        double lost = lost(Step.ANSWER, Side.BACKEND);
        add(Step.ANSWER, some(Math.max(0, passed - lost)), some(lost), "");
        add(
                Step.ANSWER_SEND,
                rate(Series.SENT, "side", "client"),
                some(lost(Step.ANSWER_SEND, Side.BACKEND)),
                time(Series.FORWARD_TIME, "takes", "side", "backend"));
    }

    private String note(Step step) {
        return switch (step) {
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

    private double lost(Step step, Side side) {
        double lost = 0;
        for (DropReason reason : DropReason.values()) {
            if (Step.of(reason, side) == step) {
                lost += Losses.dropped(interval, side, reason);
            }
        }
        return lost / interval.seconds();
    }

    private OptionalDouble rate(String series, String... labels) {
        return ifKnown(series, interval.rate(series, labels));
    }

    private OptionalDouble ifKnown(String series, double value) {
        return interval.after().has(series) ? some(value) : OptionalDouble.empty();
    }

    private static OptionalDouble some(double value) {
        return OptionalDouble.of(value);
    }

    private void add(Step step, OptionalDouble passed, OptionalDouble lost, String note) {
        stages.add(new Stage(step, passed, lost, note));
    }
}
