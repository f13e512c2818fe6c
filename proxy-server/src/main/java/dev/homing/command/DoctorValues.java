package dev.homing.command;

import dev.homing.diagnose.Diagnosis;
import dev.homing.diagnose.Stage;
import dev.homing.diagnose.finding.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// A diagnosis for programs.
final class DoctorValues {

    private DoctorValues() {}

    static Map<String, Object> of(Diagnosis diagnosis) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("healthy", diagnosis.isHealthy());
        values.put("verdict", diagnosis.verdict());
        diagnosis.firstLoss().ifPresent(loss -> values.put("first-loss", loss.place().label()));
        values.put("seconds", rounded(diagnosis.seconds()));
        values.put("way", diagnosis.way().stream().map(DoctorValues::values).toList());
        values.put("findings", diagnosis.findings().stream().map(DoctorValues::values).toList());
        values.put("not-seen", diagnosis.unknown());
        return values;
    }

    private static Map<String, Object> values(Stage stage) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("step", stage.place().label());
        put(values, "passed-per-second", stage.passed());
        put(values, "lost-per-second", stage.lost());
        if (!stage.note().isEmpty()) {
            values.put("note", stage.note());
        }
        return values;
    }

    private static Map<String, Object> values(Finding finding) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("finding", finding.trouble().label());
        values.put("severity", finding.severity().label());
        values.put("step", finding.place().label());
        if (!finding.about().isEmpty()) {
            values.put("about", finding.about());
        }
        values.put("lost", Math.round(finding.lost()));
        values.put("what", finding.trouble().account().sentence());
        values.put("evidence", finding.evidence());
        values.put("remedy", finding.remedy());
        if (!finding.command().isEmpty()) {
            values.put("command", finding.command());
        }
        return values;
    }

    private static void put(Map<String, Object> values, String key, OptionalDouble number) {
        if (number.isPresent()) {
            values.put(key, rounded(number.getAsDouble()));
        }
    }

    private static double rounded(double number) {
        return Math.round(number * 1000) / 1000.0;
    }
}
