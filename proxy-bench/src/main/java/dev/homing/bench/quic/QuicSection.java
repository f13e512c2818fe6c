package dev.homing.bench.quic;

import dev.homing.bench.measure.Spread;
import dev.homing.bench.report.Chart;
import dev.homing.bench.report.Figures;
import dev.homing.bench.report.Section;
import dev.homing.bench.subject.Direct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What all subjects did with one load, as a section of the report.
///
/// @param whyNot by name, why a subject could not be measured
record QuicSection(QuicLoad load, List<QuicTrial> trials, Map<String, String> whyNot) {

    private static final double OTHERS_MOST = 0.10;
    private static final double STOLEN_MOST = 0.02;
    private static final double SPREAD_MOST = 0.15;

    /// A column of the table: its heading, after `<` or `>` for where its cells are pushed to.
    private record Column(String heading, Function<QuicTrial, String> cell) {}

    Section section() {
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, Object>> values = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<Column> columns = columns();
        for (QuicTrial trial : trials) {
            rows.add(columns.stream().map(column -> column.cell().apply(trial)).toList());
            values.add(values(trial));
            problems.addAll(problems(trial));
        }
        whyNot.forEach((subject, reason) -> {
            List<String> row = new ArrayList<>(List.of(subject));
            while (row.size() < columns.size() - 1) {
                row.add("");
            }
            row.add("not measured: " + reason);
            rows.add(row);
            values.add(Map.of("subject", subject, "not-measured", reason));
        });
        return new Section(
                title(),
                load.sentence() + ".",
                columns.stream().map(Column::heading).toList(),
                rows,
                values,
                charts(),
                problems);
    }

    private String title() {
        return switch (load.kind()) {
            case HANDSHAKES -> "QUIC: handshakes";
            case DOWN -> "QUIC: bulk, server → client";
            case ECHO -> "QUIC: bulk, both ways";
            case MOVING -> "QUIC: clients that get another address";
        };
    }

    private boolean isBulk() {
        return load.kind() == QuicLoad.Kind.DOWN || load.kind() == QuicLoad.Kind.ECHO;
    }

    private int ways() {
        return load.kind() == QuicLoad.Kind.ECHO ? 2 : 1;
    }

    /// What the section is about, and is charted: more is better.
    private double speed(QuicWindow window) {
        return isBulk() ? window.megabytesPerSecond() : window.connectionsPerSecond();
    }

    private double cpuMicros(QuicWindow window) {
        return isBulk() ? window.cpuMicrosPerMegabyte(ways()) : window.cpuMicrosPerConnection();
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("<subject", QuicTrial::name));
        if (isBulk()) {
            columns.add(new Column(">MB/s", trial -> median(trial, this::speed)));
        } else {
            columns.add(new Column(">connections/s", trial -> median(trial, this::speed)));
        }
        columns.add(new Column(">from … to", trial -> Figures.range(trial.spread(this::speed))));
        if (!isBulk()) {
            columns.add(
                    new Column(
                            ">handshake p50",
                            trial -> median(trial, window -> window.handshakeMillis(50))));
            columns.add(
                    new Column(
                            ">p99 ms",
                            trial -> median(trial, window -> window.handshakeMillis(99))));
        }
        columns.add(
                new Column(
                        isBulk() ? ">µs CPU/MB" : ">µs CPU/connection",
                        trial -> hasCpu(trial) ? median(trial, this::cpuMicros) : "–"));
        columns.add(
                new Column(
                        ">from … to",
                        trial ->
                                hasCpu(trial) ? Figures.range(trial.spread(this::cpuMicros)) : ""));
        columns.add(
                new Column(
                        ">kept",
                        trial -> Figures.whole(trial.total(window -> window.outcome().done()))));
        columns.add(
                new Column(
                        ">lost",
                        trial -> Figures.whole(trial.total(window -> window.outcome().lost()))));
        columns.add(new Column("<remark", QuicSection::remark));
        return columns;
    }

    private static boolean hasCpu(QuicTrial trial) {
        return trial.total(QuicWindow::cpuNanos) > 0;
    }

    private static String median(QuicTrial trial, ToDoubleFunction<QuicWindow> figure) {
        return Figures.text(trial.spread(figure).median());
    }

    private static String remark(QuicTrial trial) {
        Map<String, Long> drops = new TreeMap<>();
        List<String> remarks = new ArrayList<>();
        for (QuicWindow window : trial.windows()) {
            window.account()
                    .drops()
                    .forEach((reason, count) -> drops.merge(reason, count, Long::sum));
        }
        drops.forEach((reason, count) -> remarks.add(reason + " " + Figures.whole(count)));
        long socketDrops = trial.total(QuicWindow::socketDrops);
        if (socketDrops > 0) {
            remarks.add("its socket buffers " + Figures.whole(socketDrops));
        }
        long wrong = trial.total(window -> window.outcome().wrong());
        if (wrong > 0) {
            remarks.add("wrong octets or server " + Figures.whole(wrong));
        }
        return String.join(", ", remarks);
    }

    private Map<String, Object> values(QuicTrial trial) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("subject", trial.name());
        values.put("description", trial.description());
        values.put("load", load.asValues());
        values.put(
                "rounds", trial.windows().stream().map(window -> window.asValues(ways())).toList());
        return values;
    }

    private List<Chart> charts() {
        List<Chart.Bar> speed = new ArrayList<>();
        List<Chart.Bar> cpu = new ArrayList<>();
        for (QuicTrial trial : trials) {
            speed.add(new Chart.Bar(trial.name(), trial.spread(this::speed)));
            if (hasCpu(trial)) {
                cpu.add(new Chart.Bar(trial.name(), trial.spread(this::cpuMicros)));
            }
        }
        List<Chart> charts = new ArrayList<>();
        if (!speed.isEmpty()) {
            charts.add(
                    isBulk()
                            ? new Chart("Throughput, one way", "MB/s", speed)
                            : new Chart("Connections", "/s", speed));
        }
        if (!cpu.isEmpty()) {
            charts.add(
                    new Chart(
                            "CPU time for each " + (isBulk() ? "megabyte" : "connection"),
                            "µs",
                            cpu));
        }
        return charts;
    }

    /// What makes the medians doubtful, one sentence each.
    private List<String> problems(QuicTrial trial) {
        List<String> problems = new ArrayList<>();
        Spread others = trial.spread(QuicWindow::others);
        if (others.median() > OTHERS_MOST) {
            problems.add(
                    "%s: other programs had %.0f %% of the processors"
                            .formatted(trial.name(), 100 * others.median()));
        }
        Spread stolen = trial.spread(QuicWindow::stolen);
        if (stolen.median() > STOLEN_MOST) {
            problems.add(
                    "%s: the hypervisor took %.0f %% of the processors"
                            .formatted(trial.name(), 100 * stolen.median()));
        }
        Spread cpu = trial.spread(this::cpuMicros);
        if (!trial.name().equals(Direct.NAME) && cpu.relative() > SPREAD_MOST) {
            problems.add(
                    "%s: CPU time differs by %.0f %% between rounds"
                            .formatted(trial.name(), 100 * cpu.relative()));
        }
        // Clients that move are lost where nobody reads connection IDs: that is a result.
        if (load.kind() != QuicLoad.Kind.MOVING) {
            for (QuicWindow window : trial.windows()) {
                if (window.outcome().lost() > 0) {
                    problems.add(
                            "%s: %d connections were lost, the first: %s"
                                    .formatted(
                                            trial.name(),
                                            window.outcome().lost(),
                                            window.outcome().complaint()));
                    break;
                }
            }
        }
        return problems;
    }
}
