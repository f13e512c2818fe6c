package dev.homing.bench.quic;

import dev.homing.bench.subject.Account;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What one subject did in one round.
///
/// @param account what the subject counted itself, in this round
/// @param socketDrops by the kernel at the subject's sockets, because a buffer was full
/// @param cpuNanos of the subject's process
/// @param stationNanos of clients and servers
/// @param others part of all processors that other programs had
/// @param stolen part of all processors that the hypervisor gave to others
record QuicWindow(
        Outcome outcome,
        Account account,
        long socketDrops,
        long cpuNanos,
        long stationNanos,
        double others,
        double stolen) {

    private static final double MICROS = 1e3;
    private static final double MEGA = 1e6;

    double connectionsPerSecond() {
        return outcome.done() / outcome.seconds();
    }

    /// One way.
    double megabytesPerSecond() {
        return outcome.bytes() / MEGA / outcome.seconds();
    }

    double cpuMicrosPerConnection() {
        return cpuNanos / MICROS / Math.max(1, outcome.done());
    }

    /// @param ways in which each octet goes: two when it is sent back
    double cpuMicrosPerMegabyte(int ways) {
        return cpuNanos / MICROS / Math.max(1 / MEGA, ways * outcome.bytes() / MEGA);
    }

    double handshakeMillis(double percentile) {
        return outcome.handshakes().getValueAtPercentile(percentile) / MEGA;
    }

    Map<String, Object> asValues(int ways) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("done", outcome.done());
        values.put("lost", outcome.lost());
        values.put("wrong", outcome.wrong());
        values.put("bytes", outcome.bytes());
        values.put("seconds", rounded(outcome.seconds()));
        values.put("connections-per-second", rounded(connectionsPerSecond()));
        values.put("megabytes-per-second", rounded(megabytesPerSecond()));
        Map<String, Object> millis = new LinkedHashMap<>();
        for (double percentile : new double[] {50, 90, 99, 100}) {
            millis.put(
                    percentile == 100 ? "max" : "p" + Math.round(percentile),
                    rounded(handshakeMillis(percentile)));
        }
        values.put("handshake-millis", millis);
        values.put("cpu-nanos", cpuNanos);
        values.put("cpu-micros-per-connection", rounded(cpuMicrosPerConnection()));
        values.put("cpu-micros-per-megabyte", rounded(cpuMicrosPerMegabyte(ways)));
        values.put("station-cpu-nanos", stationNanos);
        values.put("drops", new TreeMap<>(account.drops()));
        values.put("kernel-socket-drops", socketDrops);
        values.put("others", rounded(others));
        values.put("stolen", rounded(stolen));
        if (!outcome.complaint().isEmpty()) {
            values.put("complaint", outcome.complaint());
        }
        return values;
    }

    private static Object rounded(double value) {
        return Double.isFinite(value)
                ? new java.math.BigDecimal(String.format(Locale.ROOT, "%.4f", value))
                : "none";
    }
}
