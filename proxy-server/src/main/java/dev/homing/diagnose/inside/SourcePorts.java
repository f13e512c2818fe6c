package dev.homing.diagnose.inside;

import dev.homing.diagnose.finding.Advice;
import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Losses;
import dev.homing.diagnose.finding.Series;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Side;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Whether there is a source port for each session, and what the bound is: the configuration, the
/// limit of open files, or the kernel's range of ports.
public final class SourcePorts implements Check {

    private static final double NEARLY = 0.9;
    private static final double RANGE_NEARLY = 0.7;

    /// Of shards with a share each of the budget, one may use its own up before the others.
    private static final double PARTLY = 0.7;

    /// What Homing keeps for other files and for probes, and rounds off among its shards: if what
    /// it may open for ports is no further from the limit of open files, that limit is what bounds
    /// it.
    private static final double KEPT_FILES = 256 + 128 + 64;

    private static final double KEPT_FILES_A_THREAD = 4;
    private static final double FILES_LEFT_LEAST = 64;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        Samples now = interval.after();
        double open = now.sum(Series.PORTS);
        double max = now.sum(Series.PORTS_MAX);
        double lost = Losses.dropped(interval, Side.CLIENT, DropReason.NO_SOURCE_TUPLE);
        double refused = Losses.happened(interval, Event.BACKEND_PORT_REFUSED);
        String fill = "%s of %s ports are open".formatted(Figures.count(open), Figures.count(max));
        // Those that the budget forbids are counted as refused, too.
        if (refused > 0 && open < PARTLY * max) {
            findings.add(
                    Finding.of(
                                    InsideTrouble.PORT_REFUSED,
                                    "%s sockets were refused".formatted(Figures.count(refused)),
                                    fill)
                            .losing(lost));
        } else if (lost > 0) {
            findings.add(
                    Finding.of(
                                    isBoundByFiles(now)
                                            ? InsideTrouble.FILE_LIMIT
                                            : InsideTrouble.PORT_BUDGET,
                                    "%s datagrams that would have begun a session were dropped"
                                            .formatted(Figures.count(lost)),
                                    fill,
                                    files(now))
                            .losing(lost));
        } else if (max > 0 && open >= NEARLY * max && isNeeded(now, max)) {
            findings.add(Finding.of(InsideTrouble.PORTS_NEARLY_USED_UP, fill, files(now)));
        }
        double left = now.sum(Series.FILES_MAX) - now.sum(Series.FILES_OPEN);
        if (now.has(Series.FILES_MAX) && left < FILES_LEFT_LEAST && findings.isEmpty()) {
            findings.add(Finding.of(InsideTrouble.FILES_NEARLY_USED_UP, files(now)));
        }
        range(now, open, findings);
        return findings.stream()
                .map(found ->
                        found.with("ports", (long) Math.max(1024, 4 * max))
                                .with(
                                        "files",
                                        (long) Math.max(65_536, 2 * now.sum(Series.FILES_MAX))))
                .toList();
    }

    /// A port serves a session toward each backend: used up it is only when one backend has as many
    /// sessions. With more source addresses, sessions are more than ports.
    private static boolean isNeeded(Samples now, double max) {
        double most = now.max(Series.BACKEND_SESSIONS).orElse(0);
        return most >= NEARLY * max && most <= max;
    }

    private static boolean isBoundByFiles(Samples now) {
        double threads = now.labels(Series.THREAD_TURNS, "thread").size();
        double sockets = now.all(Series.SOCKET_LIMIT).size();
        double kept = KEPT_FILES + KEPT_FILES_A_THREAD * threads + sockets;
        return now.has(Series.FILES_MAX)
                && now.sum(Series.FILES_MAX) - now.sum(Series.PORTS_MAX) <= kept;
    }

    private static String files(Samples now) {
        return "%s of %s files are open"
                .formatted(
                        Figures.count(now.sum(Series.FILES_OPEN)),
                        Figures.count(now.sum(Series.FILES_MAX)));
    }

    private static void range(Samples now, double open, List<Finding> findings) {
        OptionalDouble first = Advice.setting(now, "net.ipv4.ip_local_port_range.first");
        OptionalDouble last = Advice.setting(now, "net.ipv4.ip_local_port_range.last");
        if (first.isEmpty() || last.isEmpty()) {
            return;
        }
        double width = last.getAsDouble() - first.getAsDouble() + 1;
        if (open >= RANGE_NEARLY * width) {
            findings.add(
                    Finding.of(
                            InsideTrouble.PORT_RANGE_SHORT,
                            "%s ports are open, and the kernel has %s to give"
                                    .formatted(Figures.count(open), Figures.count(width))));
        }
    }
}
