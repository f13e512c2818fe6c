package dev.homing.observe.machine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.observe.machine.reading.Label;
import dev.homing.observe.machine.reading.Reading;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Readings as tests compare them: by their labels' values.
public final class Shown {

    private Shown() {}

    /// All are of one quantity, none is there twice, and their labels have values that are
    /// announced.
    public static Map<String, Double> shown(List<Reading> readings) {
        Map<String, Double> shown = new TreeMap<>();
        for (Reading reading : readings) {
            assertEquals(readings.getFirst().quantity(), reading.quantity());
            List<Label> labels = reading.quantity().labels();
            for (int i = 0; i < labels.size(); i++) {
                List<String> values = labels.get(i).values();
                assertTrue(
                        values.isEmpty() || values.contains(reading.labels().get(i)),
                        reading.toString());
            }
            Double before = shown.put(String.join(" ", reading.labels()), reading.value());
            assertEquals(null, before, reading.toString());
        }
        return shown;
    }
}
