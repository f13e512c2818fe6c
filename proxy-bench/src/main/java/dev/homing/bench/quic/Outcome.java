package dev.homing.bench.quic;

import dev.homing.bench.load.Latency;
import dev.homing.bench.load.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What came of one round, as the clients saw it.
///
/// @param done connections that did all that they were to do
/// @param lost connections that were never there, or ended before they were done
/// @param wrong connections that got an octet, or a server, that was not theirs
/// @param bytes that arrived one way; with an echo as many went the other way
/// @param seconds from the first request to the last answer
/// @param handshakes from when a connection was due until it was there, in nanoseconds
/// @param complaint of the first connection that was lost; empty if none was
record Outcome(
        long done,
        long lost,
        long wrong,
        long bytes,
        double seconds,
        Histogram handshakes,
        String complaint) {

    Map<String, Object> asValues() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("done", done);
        values.put("lost", lost);
        values.put("wrong", wrong);
        values.put("bytes", bytes);
        values.put("seconds", seconds);
        values.put("handshakes", Latency.write(handshakes));
        values.put("complaint", complaint);
        return values;
    }

    static Outcome of(Map<String, Object> values) {
        return new Outcome(
                Values.whole(values, "done"),
                Values.whole(values, "lost"),
                Values.whole(values, "wrong"),
                Values.whole(values, "bytes"),
                Values.real(values, "seconds"),
                Latency.read(Values.text(values, "handshakes")),
                Values.text(values, "complaint"));
    }
}
