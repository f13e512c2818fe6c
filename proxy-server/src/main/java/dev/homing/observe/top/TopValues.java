package dev.homing.observe.top;

import dev.homing.observe.path.HopReading;
import dev.homing.observe.top.reading.BackendReading;
import dev.homing.observe.top.reading.DropReading;
import dev.homing.observe.top.reading.QueueReading;
import dev.homing.observe.top.reading.ThreadReading;
import dev.homing.observe.top.reading.TopReading;
import dev.homing.observe.top.reading.WayReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// A reading for programs: maps, lists, texts and numbers. What nobody knows is left out; rates are
/// datagrams a second, shares are from 0 to 1.
public final class TopValues {

    private static final double THOUSAND = 1000;

    private TopValues() {}

    public static Map<String, Object> of(TopReading reading) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("version", reading.version());
        put(values, "uptime_seconds", reading.uptime());
        Map<String, Object> sessions = new LinkedHashMap<>();
        put(sessions, "established", reading.established());
        put(sessions, "half_open", reading.halfOpen());
        values.put("sessions", sessions);
        put(values, "connection_ids", reading.connectionIds());
        reading.firstLoss().ifPresent(loss -> values.put("first_loss", firstLoss(loss)));
        values.put("ways", reading.ways().stream().map(TopValues::way).toList());
        values.put("threads", reading.threads().stream().map(TopValues::thread).toList());
        values.put("queues", reading.queues().stream().map(TopValues::queue).toList());
        values.put("drops", reading.drops().stream().map(TopValues::drop).toList());
        values.put("backends", reading.backends().stream().map(TopValues::backend).toList());
        return values;
    }

    private static Map<String, Object> firstLoss(TopReading.FirstLoss loss) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("from", loss.path().path().from().label());
        values.put("hop", loss.hop().hop().place().label());
        put(values, "lost", loss.hop().lost());
        values.put("what", loss.what());
        put(values, "busy", loss.busy());
        values.put("remedy", loss.remedy());
        return values;
    }

    private static Map<String, Object> way(WayReading way) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("from", way.path().path().from().label());
        put(values, "in", way.in());
        put(values, "in_bits", way.inBits());
        put(values, "out", way.out());
        values.put("lost", rounded(way.path().lost()));
        values.put("dropped_as_usual", rounded(way.path().usual()));
        List<Object> hops = new ArrayList<>();
        for (HopReading hop : way.path().hops()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("hop", hop.hop().place().label());
            put(entry, "passed", hop.passed());
            put(entry, "lost", hop.lost());
            hops.add(entry);
        }
        values.put("hops", hops);
        return values;
    }

    private static Map<String, Object> thread(ThreadReading thread) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("thread", thread.thread());
        put(values, "busy", thread.busy());
        put(values, "waiting", thread.waiting());
        put(values, "received", thread.received());
        put(values, "sent", thread.sent());
        put(values, "dropped", thread.dropped());
        put(values, "socket_fill", thread.fill());
        return values;
    }

    private static Map<String, Object> queue(QueueReading queue) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("receiver", queue.receiver());
        values.put("shard", queue.shard());
        values.put("depth", rounded(queue.depth()));
        put(values, "high_water", queue.most());
        put(values, "capacity", queue.capacity());
        return values;
    }

    private static Map<String, Object> drop(DropReading drop) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("reason", drop.reason());
        values.put("side", drop.side());
        values.put("rate", rounded(drop.rate()));
        values.put("total", rounded(drop.total()));
        values.put("remedy", drop.remedy());
        return values;
    }

    private static Map<String, Object> backend(BackendReading backend) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("backend", backend.backend());
        values.put("sessions", rounded(backend.sessions()));
        if (!backend.state().isEmpty()) {
            values.put("state", backend.state());
        }
        return values;
    }

    private static void put(Map<String, Object> values, String key, OptionalDouble value) {
        if (value.isPresent()) {
            values.put(key, rounded(value.getAsDouble()));
        }
    }

    /// A whole number without its fraction, another to the thousandth.
    private static Number rounded(double value) {
        return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
                ? (Number) (long) value
                : (Number) (Math.round(value * THOUSAND) / THOUSAND);
    }
}
