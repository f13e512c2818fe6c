package dev.homing.observe.top.reading;

import dev.homing.ledger.Side;
import dev.homing.observe.path.PathReading;
import dev.homing.observe.samples.Interval;
import java.util.OptionalDouble;

/// All that came in on a way and what went out of it, a second. What nobody knows is empty.
///
/// @param in datagrams
/// @param inBits of UDP payload
/// @param out datagrams
public record WayReading(
        PathReading path, OptionalDouble in, OptionalDouble inBits, OptionalDouble out) {

    private static final int BITS_PER_BYTE = 8;

    static WayReading of(PathReading path, Interval interval) {
        Side from = path.path().from();
        OptionalDouble bytes = rate(interval, "homing_bytes_received_total", from);
        return new WayReading(
                path,
                rate(interval, "homing_datagrams_received_total", from),
                bytes.isPresent() ? OptionalDouble.of(bytes.getAsDouble() * BITS_PER_BYTE) : bytes,
                rate(interval, "homing_datagrams_sent_total", from.other()));
    }

    private static OptionalDouble rate(Interval interval, String metric, Side side) {
        return interval.after().has(metric, "side", side.label())
                ? OptionalDouble.of(interval.rate(metric, "side", side.label()))
                : OptionalDouble.empty();
    }
}
