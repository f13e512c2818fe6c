package dev.homing.diagnose.departure;

import dev.homing.diagnose.finding.Advice;
import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Losses;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.Severity;
import dev.homing.diagnose.finding.ThreadLoad;
import dev.homing.ledger.Event;
import dev.homing.observe.samples.Histogram;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether datagrams travel in trains, which makes them several times cheaper, and whether devices
/// take these.
public final class Trains implements Check {

    /// A train has two datagrams at least.
    private static final double HARDLY_MORE_THAN_ONE = 1.01;

    private static final double DATAGRAMS_LEAST = 10_000;
    private static final double BUSY = 0.7;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        String name = Advice.interfaceOf(interval);
        double refused = Losses.happened(interval, Event.TRAIN_REFUSED);
        if (refused > 0) {
            findings.add(
                    Finding.of(
                                    DepartureTrouble.TRAINS_REFUSED,
                                    "%s trains were refused".formatted(Figures.count(refused)))
                            .with("interface", name));
        }
        Optional<Histogram> trains = interval.histogram(Series.TRAINS);
        double mean = trains.map(all -> all.mean().orElse(0)).orElse(0.0);
        double datagrams = trains.map(Histogram::sum).orElse(0.0);
        boolean isBusy =
                ThreadLoad.all(interval).stream().anyMatch(load -> load.busy().orElse(0) >= BUSY);
        if (isBusy && datagrams >= DATAGRAMS_LEAST && mean < HARDLY_MORE_THAN_ONE) {
            findings.add(
                    Finding.of(
                                    DepartureTrouble.NO_TRAINS,
                                    "%s datagrams arrived in %s trains"
                                            .formatted(
                                                    Figures.count(datagrams),
                                                    Figures.count(trains.orElseThrow().count())))
                            .with("interface", name));
        }
        for (String each : interval.after().labels(Series.NIC_OFFLOAD, "interface")) {
            offloads(interval, each, isBusy, findings);
        }
        return findings;
    }

    private static void offloads(
            Interval interval, String name, boolean isBusy, List<Finding> findings) {
        String[] off =
                interval.after().all(Series.NIC_OFFLOAD, "interface", name).stream()
                        .filter(offload -> offload.value() == 0)
                        .map(offload -> "%s of %s is off".formatted(offload.label("offload"), name))
                        .toArray(String[]::new);
        if (off.length > 0) {
            findings.add(
                    Finding.of(DepartureTrouble.OFFLOADS_OFF, off)
                            .about(name)
                            .as(isBusy ? Severity.WARNING : Severity.INFO)
                            .with("interface", name));
        }
    }
}
