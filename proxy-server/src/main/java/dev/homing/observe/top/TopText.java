package dev.homing.observe.top;

import dev.homing.observe.path.DatagramPath;
import dev.homing.observe.path.Hop;
import dev.homing.observe.path.HopReading;
import dev.homing.observe.path.Place;
import dev.homing.observe.top.Line.Tone;
import dev.homing.observe.top.reading.BackendReading;
import dev.homing.observe.top.reading.DropReading;
import dev.homing.observe.top.reading.QueueReading;
import dev.homing.observe.top.reading.ThreadReading;
import dev.homing.observe.top.reading.TopReading;
import dev.homing.observe.top.reading.WayReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A reading as lines, the most telling first: what does not fit on the screen is at the end.
public final class TopText {

    private static final int QUEUES_SHOWN = 4;
    private static final int DROPS_SHOWN = 6;

    private TopText() {}

    /// @param address of the instance
    /// @param columns of the terminal: longer lines are cut
    /// @param rows of the terminal: the backends that do not fit are counted only
    public static List<Line> lines(TopReading reading, String address, int columns, int rows) {
        List<Line> lines = new ArrayList<>();
        lines.add(
                new Line(
                        "homing top  "
                                + address
                                + (reading.version().isEmpty() ? "" : "  " + reading.version())
                                + (reading.uptime().isPresent()
                                        ? "  up " + Figures.duration(reading.uptime().getAsDouble())
                                        : ""),
                        Tone.HEADING));
        verdict(reading, lines);
        for (WayReading way : reading.ways()) {
            lines.add(Line.plain(traffic(way)));
        }
        lines.add(
                Line.plain(
                        "sessions: %s established, %s half-open; %s connection IDs"
                                .formatted(
                                        Figures.number(reading.established()),
                                        Figures.number(reading.halfOpen()),
                                        Figures.number(reading.connectionIds()))));
        add(lines, path(reading));
        add(lines, threads(reading));
        add(lines, queues(reading));
        add(lines, drops(reading));
        // The heading, the empty line before it, and the line that says how many more there are.
        int room = Math.max(1, rows - lines.size() - 3);
        add(lines, backends(reading, room));
        return shortened(lines, rows).stream().map(line -> line.cut(columns)).toList();
    }

    private static List<Line> shortened(List<Line> lines, int rows) {
        if (lines.size() <= rows) {
            return lines;
        }
        List<Line> shortened = new ArrayList<>(lines.subList(0, rows - 1));
        shortened.add(
                new Line(
                        "and " + (lines.size() - rows + 1) + " more lines: make the window higher",
                        Tone.QUIET));
        return shortened;
    }

    private static void add(List<Line> lines, List<Line> table) {
        if (!table.isEmpty()) {
            lines.add(Line.plain(""));
            lines.addAll(table);
        }
    }

    private static void verdict(TopReading reading, List<Line> lines) {
        Optional<TopReading.FirstLoss> first = reading.firstLoss();
        if (first.isEmpty()) {
            boolean isAllCounted =
                    reading.ways().stream()
                            .flatMap(way -> way.path().hops().stream())
                            .allMatch(hop -> hop.lost().isPresent());
            lines.add(
                    new Line(
                            isAllCounted
                                    ? "nothing is lost"
                                    : "no loss where it is counted; - is what nobody counts",
                            Tone.GOOD));
            return;
        }
        TopReading.FirstLoss loss = first.get();
        lines.add(
                new Line(
                        "first loss: %s, %s/s: %s"
                                .formatted(
                                        loss.hop().hop().place().fullTitle(),
                                        Figures.number(loss.hop().lost()),
                                        loss.what()),
                        Tone.BAD));
        String busy =
                loss.busy().isPresent()
                        ? "the busiest thread that takes over there is "
                                + Figures.percent(loss.busy())
                                + " busy. "
                        : "";
        lines.add(Line.plain("  " + busy + "What helps: " + loss.remedy()));
    }

    private static String traffic(WayReading way) {
        String usual =
                way.path().usual() > 0
                        ? ", dropped as usual " + Figures.number(way.path().usual()) + "/s"
                        : "";
        return "%s: in %s/s (%s Mbit/s), out %s/s, lost %s/s%s"
                .formatted(
                        Place.way(way.path().path().from()),
                        Figures.number(way.in()),
                        Figures.megabits(way.inBits()),
                        Figures.number(way.out()),
                        Figures.number(way.path().lost()),
                        usual);
    }

    /// Both ways in one table: a hop that both have stands in one row.
    private static List<Line> path(TopReading reading) {
        WayReading out = reading.ways().getFirst();
        WayReading back = reading.ways().getLast();
        Columns table =
                new Columns("path", ">to backends/s", ">lost/s", ">to clients/s", ">lost/s");
        for (Hop hop : DatagramPath.TO_BACKENDS.hops()) {
            Optional<HopReading> there = out.path().hop(hop.place().title());
            Optional<HopReading> here = back.path().hop(hop.place().title());
            boolean isLosing =
                    there.filter(HopReading::isLosing).isPresent()
                            || here.filter(HopReading::isLosing).isPresent();
            table.row(
                    isLosing ? Tone.BAD : Tone.PLAIN,
                    "  " + hop.place().title(),
                    passed(there),
                    lost(there),
                    passed(here),
                    lost(here));
        }
        return table.lines();
    }

    private static String passed(Optional<HopReading> reading) {
        return reading.filter(found -> !found.hop().passed().isEmpty())
                .map(found -> Figures.number(found.passed()))
                .orElse("");
    }

    private static String lost(Optional<HopReading> reading) {
        return reading.map(found -> Figures.number(found.lost())).orElse("");
    }

    private static List<Line> threads(TopReading reading) {
        if (reading.threads().isEmpty()) {
            return List.of();
        }
        Columns table =
                new Columns(
                        "threads",
                        ">busy",
                        "",
                        ">cpu wait",
                        ">received/s",
                        ">sent/s",
                        ">dropped/s",
                        ">socket");
        for (ThreadReading thread : reading.threads()) {
            table.row(
                    thread.busy().orElse(0) >= 0.85 ? Tone.BAD : Tone.PLAIN,
                    "  " + thread.thread(),
                    Figures.percent(thread.busy()),
                    Figures.bar(thread.busy()),
                    Figures.percent(thread.waiting()),
                    Figures.number(thread.received()),
                    Figures.number(thread.sent()),
                    Figures.number(thread.dropped()),
                    Figures.percent(thread.fill()));
        }
        return table.lines();
    }

    private static List<Line> queues(TopReading reading) {
        if (reading.queues().isEmpty()) {
            return List.of();
        }
        String all =
                reading.queues().size() > QUEUES_SHOWN
                        ? "queues (fullest of " + reading.queues().size() + ")"
                        : "queues";
        Columns table = new Columns(all, ">waiting", ">most lately", ">capacity");
        for (QueueReading queue : reading.queues().stream().limit(QUEUES_SHOWN).toList()) {
            table.row(
                    Tone.PLAIN,
                    "  " + queue.receiver() + " to " + queue.shard(),
                    Figures.number(queue.depth()),
                    Figures.number(queue.most()),
                    Figures.number(queue.capacity()));
        }
        return table.lines();
    }

    private static List<Line> drops(TopReading reading) {
        if (reading.drops().isEmpty()) {
            return List.of();
        }
        Columns table = new Columns("drops", "from", ">now/s", ">since start", "what helps");
        for (DropReading drop : reading.drops().stream().limit(DROPS_SHOWN).toList()) {
            table.row(
                    Tone.PLAIN,
                    "  " + drop.reason(),
                    drop.side(),
                    Figures.number(drop.rate()),
                    Figures.number(drop.total()),
                    drop.remedy());
        }
        return table.lines();
    }

    private static List<Line> backends(TopReading reading, int room) {
        Columns table = new Columns("backends", ">sessions", "state");
        List<BackendReading> shown = reading.backends().stream().limit(room).toList();
        for (BackendReading backend : shown) {
            table.row(
                    Tone.PLAIN,
                    "  " + backend.backend(),
                    Figures.number(backend.sessions()),
                    backend.state());
        }
        List<Line> lines = new ArrayList<>(table.lines());
        int more = reading.backends().size() - shown.size();
        if (more > 0) {
            lines.add(new Line("  and " + more + " more", Tone.QUIET));
        }
        return lines;
    }
}
