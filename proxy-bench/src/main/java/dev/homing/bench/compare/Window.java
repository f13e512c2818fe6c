package dev.homing.bench.compare;

import dev.homing.bench.subject.Account;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What one subject did in one round.
///
/// @param planned datagrams that the schedule had
/// @param sent by the generator
/// @param arrived at the far end, each counted once
/// @param duplicates that arrived once more
/// @param atWrongBackend of those that arrived
/// @param socketDrops by the kernel at the subject's sockets, because a buffer was full
/// @param endDrops by the kernel at the far end's sockets: the subject is not to blame
/// @param account what the subject counted itself, in this round
/// @param cpuNanos of the subject's process; for a subject in the kernel, of the stations
/// @param threadNanos of the subject's process by kind of thread
/// @param stationNanos of generator and sink
/// @param seconds from the first datagram to the last
/// @param latestNanos how late the generator's latest burst was
/// @param latency from when a datagram was due until it arrived, in nanoseconds
/// @param others part of all processors that other programs had
/// @param stolen part of all processors that the hypervisor gave to others
public record Window(
        long planned,
        long sent,
        long arrived,
        long duplicates,
        long atWrongBackend,
        long socketDrops,
        long endDrops,
        Account account,
        long cpuNanos,
        Map<String, Long> threadNanos,
        long stationNanos,
        double seconds,
        long latestNanos,
        Histogram latency,
        double others,
        double stolen) {

    private static final double SHORTFALL = 0.99;
    private static final double LOSS_MOST = 0.0005;
    private static final double OTHERS_MOST = 0.10;
    private static final double STOLEN_MOST = 0.02;

    long lost() {
        return sent - arrived;
    }

    /// Of each datagram that the subject sent on: what the kernel dropped before it could be read
    /// cost the subject nothing, and would make a slow one look cheap.
    ///
    /// @param trips how often the subject handles each datagram: twice when it is sent back
    double cpuMicros(int trips) {
        return cpuNanos / 1e3 / Math.max(1, (arrived + endDrops) * trips);
    }

    double allocatedBytes(int trips) {
        return (double) account.allocatedBytes() / Math.max(1, sent * trips);
    }

    double latencyMicros(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e3;
    }

    /// Whether everything arrived that was planned, and in the time that was planned.
    boolean isLossFree() {
        return reachedRate() && lost() == 0;
    }

    boolean reachedRate() {
        return sent >= planned * SHORTFALL;
    }

    /// Why this round is to be doubted.
    List<Doubt> doubts() {
        List<Doubt> doubts = new ArrayList<>();
        if (!reachedRate()) {
            double part = (double) sent / planned;
            doubts.add(
                    new Doubt(
                            Doubt.Kind.GENERATOR,
                            1 - part,
                            "the generator sent only %.0f %% of what was planned"
                                    .formatted(100 * part)));
        }
        if (endDrops > 0) {
            doubts.add(
                    new Doubt(
                            Doubt.Kind.FAR_END,
                            endDrops,
                            "the far end's sockets dropped %d datagrams".formatted(endDrops)));
        }
        long lostHere = lost() - endDrops;
        if (lostHere > sent * LOSS_MOST) {
            doubts.add(
                    new Doubt(
                            Doubt.Kind.LOSS,
                            lostHere,
                            "%.2f %% were lost at a rate that was meant to be sustainable"
                                    .formatted(100.0 * lostHere / sent)));
        }
        if (atWrongBackend > 0) {
            doubts.add(
                    new Doubt(
                            Doubt.Kind.WRONG_BACKEND,
                            atWrongBackend,
                            atWrongBackend + " datagrams reached another backend than theirs"));
        }
        if (others > OTHERS_MOST) {
            doubts.add(
                    new Doubt(
                            Doubt.Kind.OTHERS,
                            others,
                            "other programs had %.0f %% of the processors"
                                    .formatted(100 * others)));
        }
        if (stolen > STOLEN_MOST) {
            doubts.add(
                    new Doubt(
                            Doubt.Kind.STOLEN,
                            stolen,
                            "the hypervisor took %.0f %% of the processors"
                                    .formatted(100 * stolen)));
        }
        return doubts;
    }

    Map<String, Object> values(int trips) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("planned", planned);
        values.put("offered", sent);
        values.put("forwarded", arrived);
        values.put("lost", lost());
        values.put("drops", new java.util.TreeMap<>(account.drops()));
        values.put("kernel-socket-drops", socketDrops);
        values.put("far-end-socket-drops", endDrops);
        values.put("duplicates", duplicates);
        values.put("at-wrong-backend", atWrongBackend);
        values.put("cpu-micros-per-datagram", rounded(cpuMicros(trips)));
        values.put("station-cpu-nanos", stationNanos);
        values.put("cpu-nanos", cpuNanos);
        values.put("cpu-nanos-by-thread", threadNanos);
        if (account.isKept()) {
            values.put("allocated-bytes-per-datagram", rounded(allocatedBytes(trips)));
            values.put("sessions", account.sessions());
        }
        values.put("seconds", rounded(seconds));
        values.put("generator-latest-micros", latestNanos / 1000);
        Map<String, Object> micros = new LinkedHashMap<>();
        for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
            micros.put(
                    percentile == 100 ? "max" : "p" + Double.toString(percentile).replace(".0", ""),
                    rounded(latencyMicros(percentile)));
        }
        values.put("latency-micros", micros);
        values.put("others", rounded(others));
        values.put("stolen", rounded(stolen));
        values.put("problems", doubts().stream().map(Doubt::text).toList());
        return values;
    }

    private static Object rounded(double value) {
        return Double.isFinite(value)
                ? new java.math.BigDecimal(String.format(Locale.ROOT, "%.4f", value))
                : "none";
    }
}
