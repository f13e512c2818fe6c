package dev.homing.observe.samples;

import dev.homing.observe.machine.reading.Label;
import dev.homing.observe.machine.reading.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a machine says of itself, under the names that an instance on it would give it.
public final class MachineSamples {

    private MachineSamples() {}

    public static Samples of(List<Reading> readings) {
        return Samples.of(readings.stream().map(MachineSamples::sample).toList());
    }

    private static Sample sample(Reading reading) {
        List<Label> names = reading.quantity().labels();
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            labels.put(names.get(i).name(), reading.labels().get(i));
        }
        return new Sample(reading.quantity().metric(), labels, reading.value());
    }
}
