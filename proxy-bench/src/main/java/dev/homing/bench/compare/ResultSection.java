package dev.homing.bench.compare;

import dev.homing.bench.measure.Spread;
import dev.homing.bench.report.Chart;
import dev.homing.bench.report.Figures;
import dev.homing.bench.report.Section;
import dev.homing.bench.subject.Direct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A [Result] as a section of the report.
final class ResultSection {

    private static final int REASON_CHARACTERS = 120;
    private static final Set<String> FORWARDING_THREADS = Set.of("recv", "shard");
    private static final double WORTH_A_REMARK = 0.005;

    private static final List<String> COLUMNS =
            List.of(
                    "<subject",
                    ">offered/s",
                    ">forwarded",
                    ">lost",
                    ">µs CPU",
                    ">from … to",
                    ">added p50",
                    ">p99",
                    ">p99.9 µs",
                    ">B allocated",
                    "<remark");

    private ResultSection() {}

    static Section of(Result result) {
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, Object>> values = new ArrayList<>();
        List<Chart.Bar> cpu = new ArrayList<>();
        List<Chart.Bar> latency = new ArrayList<>();
        for (Series series : result.series()) {
            rows.add(row(result, series));
            values.add(values(result, series));
            if (series.cpuMicros().median() > 0) {
                cpu.add(new Chart.Bar(series.subject(), series.cpuMicros()));
            }
            if (!series.subject().equals(Direct.NAME)) {
                result.addedMicros(series.subject(), 99)
                        .ifPresent(added -> latency.add(new Chart.Bar(series.subject(), added)));
            }
        }
        new TreeMap<>(result.whyNot())
                .forEach((subject, reason) -> {
                    rows.add(
                            List.of(
                                    subject,
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "not measured: " + shortened(reason)));
                    values.add(Map.of("subject", subject, "not-measured", reason));
                });
        List<Chart> charts = new ArrayList<>();
        if (!cpu.isEmpty()) {
            charts.add(new Chart("CPU time for each datagram", "µs", cpu));
        }
        if (!latency.isEmpty()) {
            charts.add(
                    new Chart("Latency added to the direct path, 99th percentile", "µs", latency));
        }
        return new Section(
                title(result.load()),
                result.load().sentence() + ".",
                COLUMNS,
                rows,
                values,
                charts,
                result.problems());
    }

    /// The whole of it is in the JSON.
    private static String shortened(String reason) {
        String line = reason.lines().findFirst().orElse("");
        return line.length() <= REASON_CHARACTERS
                ? line
                : line.substring(0, REASON_CHARACTERS) + "…";
    }

    private static String title(Load load) {
        return load.name().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + load.name().substring(1)
                + ": "
                + load.text();
    }

    private static List<String> row(Result result, Series series) {
        long sent = series.total(Window::sent);
        long arrived = series.total(Window::arrived);
        boolean isDirect = series.subject().equals(Direct.NAME);
        boolean hasCpu = series.cpuMicros().median() > 0;
        return List.of(
                series.subject(),
                Figures.whole(
                        Math.round(
                                series.spread(window -> window.sent() / window.seconds())
                                        .median())),
                Figures.text(100.0 * arrived / Math.max(1, sent)) + " %",
                Figures.whole(sent - arrived),
                hasCpu ? Figures.text(series.cpuMicros().median()) : "–",
                hasCpu ? Figures.range(series.cpuMicros()) : "",
                isDirect ? base(series, 50) : added(result, series, 50),
                isDirect ? base(series, 99) : added(result, series, 99),
                isDirect ? base(series, 99.9) : added(result, series, 99.9),
                allocated(series),
                remark(series));
    }

    private static String added(Result result, Series series, double percentile) {
        Optional<Spread> added = result.addedMicros(series.subject(), percentile);
        return added.map(spread -> Figures.text(spread.median())).orElse("–");
    }

    /// The direct path has what the others add to.
    private static String base(Series series, double percentile) {
        return "(" + Figures.text(series.latencyMicros(percentile).median()) + ")";
    }

    private static String allocated(Series series) {
        return series.windows().getFirst().account().isKept()
                ? Figures.text(
                        series.spread(window -> window.allocatedBytes(series.trips())).median())
                : "";
    }

    private static String remark(Series series) {
        Map<String, Long> drops = new TreeMap<>();
        for (Window window : series.windows()) {
            window.account()
                    .drops()
                    .forEach((reason, count) -> drops.merge(reason, count, Long::sum));
        }
        List<String> remarks = new ArrayList<>();
        drops.forEach((reason, count) -> remarks.add(reason + " " + Figures.whole(count)));
        note(remarks, "its socket buffers", series.total(Window::socketDrops));
        note(remarks, "far end's socket buffers", series.total(Window::endDrops));
        note(remarks, "duplicates", series.total(Window::duplicates));
        note(remarks, "at the wrong backend", series.total(Window::atWrongBackend));
        noteOtherThreads(remarks, series);
        series.memoryPerSession()
                .ifPresent(bytes -> remarks.add(Figures.text(bytes) + " B a session"));
        return String.join(", ", remarks);
    }

    private static void note(List<String> remarks, String what, long count) {
        if (count > 0) {
            remarks.add(what + " " + Figures.whole(count));
        }
    }

    /// What those threads of a Homing took that do not forward.
    private static void noteOtherThreads(List<String> remarks, Series series) {
        if (!series.windows().getFirst().account().isKept()) {
            return;
        }
        Map<String, Long> nanos = new TreeMap<>();
        for (Window window : series.windows()) {
            window.threadNanos().forEach((kind, used) -> nanos.merge(kind, used, Long::sum));
        }
        double all = nanos.values().stream().mapToLong(Long::longValue).sum();
        nanos.keySet().removeAll(FORWARDING_THREADS);
        nanos.forEach((kind, used) -> {
            if (used / all >= WORTH_A_REMARK) {
                remarks.add(
                        "thread '%s' %s %% of its CPU"
                                .formatted(kind, Figures.text(100 * used / all)));
            }
        });
    }

    private static Map<String, Object> values(Result result, Series series) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("subject", series.subject());
        values.put("description", series.description());
        values.put("shape", result.load().name());
        values.put(
                "direction", result.load().direction().name().toLowerCase(java.util.Locale.ROOT));
        values.put("traffic", result.load().traffic().asValues());
        values.put("cpu-micros-per-datagram", series.cpuMicros().median());
        values.put("cpu-micros-rounds", series.cpuMicros().rounds());
        series.memoryPerSession().ifPresent(bytes -> values.put("bytes-per-session", bytes));
        Map<String, Object> added = new LinkedHashMap<>();
        for (double percentile : new double[] {50, 90, 99, 99.9}) {
            result.addedMicros(series.subject(), percentile)
                    .ifPresent(
                            spread -> added.put("p" + Figures.text(percentile), spread.median()));
        }
        values.put("added-latency-micros", added);
        values.put(
                "rounds",
                series.windows().stream().map(window -> window.values(series.trips())).toList());
        return values;
    }
}
