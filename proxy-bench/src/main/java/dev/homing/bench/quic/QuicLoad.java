package dev.homing.bench.quic;

import dev.homing.bench.load.Values;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What the clients do in one round.
///
/// @param connections that are opened in all
/// @param concurrency how many at once, at most
/// @param bytes that each gets on each connection, or sends and gets back
/// @param rate new connections a second, whatever becomes of the earlier ones; 0: the next one
///   begins when one has ended
public record QuicLoad(Kind kind, int connections, int concurrency, long bytes, double rate) {

    /// What happens on a connection.
    public enum Kind {
        /// A handshake, one small request, and the end.
        HANDSHAKES,
        /// The server sends.
        DOWN,
        /// The client sends, and the server sends it back: both ways at once.
        ECHO,
        /// The server sends, and in the middle the client has another address; half of them another
        /// IP address too.
        MOVING;

        /// As on the command line.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MILLION = 1_000_000;

    public QuicLoad {
        if (connections < 1 || concurrency < 1 || bytes < 0 || rate < 0) {
            throw new IllegalArgumentException(
                    "%d connections, %d at once, %d octets, %f a second"
                            .formatted(connections, concurrency, bytes, rate));
        }
    }

    /// As much as a quiet machine of two cores does in about two seconds.
    public static QuicLoad standard(Kind kind) {
        return switch (kind) {
            case HANDSHAKES -> new QuicLoad(kind, 2000, 32, 1000, 0);
            case DOWN, ECHO -> new QuicLoad(kind, 4, 4, 25 * MILLION, 0);
            case MOVING -> new QuicLoad(kind, 32, 8, MILLION, 0);
        };
    }

    /// As much of everything, but so many times the connections or, with bulk, octets.
    QuicLoad times(double factor) {
        boolean isBulk = kind == Kind.DOWN || kind == Kind.ECHO;
        return new QuicLoad(
                kind,
                isBulk ? connections : (int) Math.max(1, connections * factor),
                concurrency,
                isBulk ? (long) (bytes * factor) : bytes,
                rate);
    }

    /// With one server nobody could be sent to the wrong one.
    int servers() {
        return kind == Kind.MOVING ? 2 : 1;
    }

    String sentence() {
        String pace = rate > 0 ? "%.0f a second".formatted(rate) : concurrency + " at once";
        return switch (kind) {
            case HANDSHAKES ->
                    "%d new connections, %s, each with one request of %d octets"
                            .formatted(connections, pace, bytes);
            case DOWN ->
                    "%d connections, on each of which the server sends %.1f MB"
                            .formatted(connections, bytes / 1e6);
            case ECHO ->
                    "%d connections, on each of which the client sends %.1f MB and gets them back"
                            .formatted(connections, bytes / 1e6);
            case MOVING ->
                    "%d connections, %s, on each of which the server sends %.1f MB while the client gets another address"
                            .formatted(connections, pace, bytes / 1e6);
        };
    }

    Map<String, Object> asValues() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("kind", kind.name());
        values.put("connections", connections);
        values.put("concurrency", concurrency);
        values.put("bytes", bytes);
        values.put("rate", rate);
        return values;
    }

    static QuicLoad of(Map<String, Object> values) {
        return new QuicLoad(
                Kind.valueOf(Values.text(values, "kind")),
                Values.integer(values, "connections"),
                Values.integer(values, "concurrency"),
                Values.whole(values, "bytes"),
                Values.real(values, "rate"));
    }
}
