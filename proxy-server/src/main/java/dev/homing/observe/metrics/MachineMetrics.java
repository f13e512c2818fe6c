package dev.homing.observe.metrics;

import dev.homing.observe.machine.Machine;
import dev.homing.observe.machine.reading.Label;
import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.EnumMap;
import java.util.Map;

/// What the machine says of itself, read anew for each scrape: which metrics and series there are,
/// it decides then. A registry can have it with or without Homing's own metrics. The scraping
/// thread.
public final class MachineMetrics implements MultiCollector {

    private final Machine machine;

    public MachineMetrics(Machine machine) {
        this.machine = machine;
    }

    @Override
    public MetricSnapshots collect() {
        Sheet sheet = new Sheet();
        Map<Quantity, Series> metrics = new EnumMap<>(Quantity.class);
        for (Reading reading : machine.read()) {
            metrics.computeIfAbsent(reading.quantity(), quantity -> metric(sheet, quantity))
                    .put(reading.value(), reading.labels().toArray(String[]::new));
        }
        return sheet.read();
    }

    private static Series metric(Sheet sheet, Quantity quantity) {
        String[] labels = quantity.labels().stream().map(Label::name).toArray(String[]::new);
        return quantity.isCounter()
                ? sheet.counter(quantity.metric(), quantity.sentence(), labels)
                : sheet.gauge(quantity.metric(), quantity.sentence(), labels);
    }
}
