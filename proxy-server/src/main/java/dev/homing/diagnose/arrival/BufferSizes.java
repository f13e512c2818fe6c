package dev.homing.diagnose.arrival;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Losses;
import dev.homing.diagnose.finding.Series;
import dev.homing.ledger.Event;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Sample;
import dev.homing.observe.samples.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Whether sockets have the buffers that they were to have, and how full these are.
public final class BufferSizes implements Check {

    private static final double NEARLY_FULL = 0.8;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        Samples now = interval.after();
        double wanted = now.value(Series.BUFFER_WANTED).orElse(0);
        OptionalDouble granted =
                now.all(Series.SOCKET_LIMIT).stream().mapToDouble(Sample::value).min();
        if (granted.isPresent() && granted.getAsDouble() > 0 && granted.getAsDouble() < wanted) {
            findings.add(
                    Finding.of(
                                    ArrivalTrouble.RECEIVE_BUFFER_CLAMPED,
                                    "a socket's buffer holds %s, and should hold %s (the kernel doubles what is asked for)"
                                            .formatted(
                                                    Figures.octets(granted.getAsDouble()),
                                                    Figures.octets(wanted)))
                            .with("octets", (long) (wanted / 2)));
        }
        List<String> full = new ArrayList<>();
        for (Sample socket : now.all(Series.SOCKET_QUEUE)) {
            String thread = socket.label("thread");
            String[] labels = {"listener", socket.label("listener"), "thread", thread};
            if (interval.increase(Series.SOCKET_DROPS, labels) == 0
                    && fill(interval.before(), labels) >= NEARLY_FULL
                    && fill(now, labels) >= NEARLY_FULL) {
                full.add(
                        "%s's socket at %s is filled to %s"
                                .formatted(
                                        thread,
                                        socket.label("listener"),
                                        Figures.percent(fill(now, labels))));
            }
        }
        if (!full.isEmpty()) {
            findings.add(
                    Finding.of(ArrivalTrouble.SOCKET_NEARLY_FULL, full.toArray(new String[0])));
        }
        double failed = Losses.happened(interval, Event.RECEIVE_ERROR);
        if (failed > 0) {
            findings.add(
                    Finding.of(
                            ArrivalTrouble.RECEIVE_FAILED,
                            "%s calls failed".formatted(Figures.count(failed))));
        }
        return findings;
    }

    private static double fill(Samples samples, String... labels) {
        double limit = samples.sum(Series.SOCKET_LIMIT, labels);
        return limit > 0 ? samples.sum(Series.SOCKET_QUEUE, labels) / limit : 0;
    }
}
