package dev.homing.command;

import dev.homing.diagnose.Diagnosis;
import dev.homing.diagnose.Stage;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Severity;
import dev.homing.ledger.Side;
import dev.homing.observe.path.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A diagnosis for people: the verdict, the way as a table, the findings.
final class DoctorText {

    private static final String ROW = "  %-22s %14s %12s   %s";
    private static final String INDENT = "  ";

    private final boolean isColourful;

    DoctorText(boolean isColourful) {
        this.isColourful = isColourful;
    }

    List<String> lines(Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        lines.add(paint(diagnosis.isHealthy() ? Paint.GREEN : Paint.BOLD, diagnosis.verdict()));
        lines.add("");
        lines.add(
                paint(
                        Paint.FAINT,
                        ROW.formatted(
                                        "in " + Figures.seconds(diagnosis.seconds()),
                                        "passed/s",
                                        "lost/s",
                                        "")
                                .stripTrailing()));
        for (Side from : Side.values()) {
            List<Stage> way =
                    diagnosis.way().stream()
                            .filter(stage -> stage.place().isOnTheWayFrom(from))
                            .toList();
            if (!way.isEmpty()) {
                lines.add(INDENT + Place.way(from));
                way.forEach(stage -> lines.add(row(stage)));
            }
        }
        for (Finding finding : diagnosis.findings()) {
            lines.add("");
            addFinding(lines, finding);
        }
        lines.add("");
        for (String unknown : diagnosis.unknown()) {
            lines.add(paint(Paint.FAINT, "not seen: " + unknown));
        }
        return lines;
    }

    private String row(Stage stage) {
        String row =
                ROW.formatted(
                                INDENT + stage.place().title(),
                                number(stage.passed()),
                                number(stage.lost()),
                                stage.place().isOfMachine()
                                        ? ("whole machine " + stage.note()).strip()
                                        : stage.note())
                        .stripTrailing();
        return stage.lost().orElse(0) > 0 ? paint(Paint.RED, row) : row;
    }

    private static String number(OptionalDouble rate) {
        return rate.isPresent() ? Figures.rate(rate.getAsDouble()) : "-";
    }

    private void addFinding(List<String> lines, Finding finding) {
        lines.add(
                paint(
                                paint(finding.severity()),
                                "%s %s"
                                        .formatted(
                                                finding.severity().label().toUpperCase(Locale.ROOT),
                                                finding.trouble().label()))
                        + " at "
                        + finding.place().fullTitle()
                        + (finding.about().isEmpty() ? "" : ", " + finding.about()));
        lines.add("  " + finding.trouble().account().sentence());
        finding.evidence().forEach(evidence -> lines.add("  - " + evidence));
        lines.add("  " + finding.remedy());
        if (!finding.command().isEmpty()) {
            lines.add("    " + paint(Paint.BOLD, finding.command()));
        }
    }

    private static Paint paint(Severity severity) {
        return switch (severity) {
            case ERROR -> Paint.RED;
            case WARNING -> Paint.YELLOW;
            case INFO -> Paint.FAINT;
        };
    }

    private String paint(Paint paint, String text) {
        return isColourful ? paint.on + text + "\u001b[0m" : text;
    }

    /// ECMA-48 section 8.3.117 (SGR).
    private enum Paint {
        BOLD("\u001b[1m"),
        FAINT("\u001b[2m"),
        RED("\u001b[31m"),
        GREEN("\u001b[32m"),
        YELLOW("\u001b[33m");

        private final String on;

        Paint(String on) {
            this.on = on;
        }
    }
}
