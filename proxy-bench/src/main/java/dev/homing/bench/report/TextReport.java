package dev.homing.bench.report;

import dev.homing.demo.TextTable;
import java.util.List;
import java.util.function.UnaryOperator;

/// The report on a terminal.
public final class TextReport {

    private static final String BOLD = "\u001b[1m";
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean isColourful;

    public TextReport(boolean isColourful) {
        this.isColourful = isColourful;
    }

    public String print(Report report) {
        StringBuilder out = new StringBuilder();
        report.facts()
                .forEach((name, value) -> out.append(name).append(": ").append(value).append('\n'));
        for (Section section : report.sections()) {
            out.append('\n').append(bold(section.title())).append('\n');
            if (!section.note().isEmpty()) {
                out.append(section.note()).append('\n');
            }
            TextTable table = new TextTable(section.columns().toArray(new String[0]));
            section.rows().forEach(row -> table.row(row.toArray(new String[0])));
            table.appendTo(out, this::bold, UnaryOperator.identity());
        }
        if (!report.targets().isEmpty()) {
            out.append('\n').append(bold("Targets")).append('\n');
            appendTargets(out, report.targets());
        }
        appendDoubts(out, report.doubts());
        return out.toString();
    }

    private void appendTargets(StringBuilder out, List<TargetRow> rows) {
        TextTable table = new TextTable("<what", ">target", ">value", ">from … to", "<verdict");
        for (TargetRow row : rows) {
            table.row(
                    row.what(), row.target(), row.valueText(), row.spreadText(), row.verdictText());
        }
        table.appendTo(out, this::bold, this::coloured);
        // Why a value is to be doubted stands with its section; why there is none only here.
        rows.stream()
                .filter(row -> row.verdict() == Verdict.NOT_MEASURED)
                .forEach(row ->
                        out.append("  ")
                                .append(row.what())
                                .append(": ")
                                .append(String.join("; ", row.remarks()))
                                .append('\n'));
    }

    private void appendDoubts(StringBuilder out, List<String> doubts) {
        if (doubts.isEmpty()) {
            out.append("\nMeasured cleanly.\n");
            return;
        }
        out.append('\n')
                .append(colour(YELLOW, "Not measured cleanly; do not compare these figures:"))
                .append('\n');
        doubts.forEach(doubt -> out.append("  - ").append(doubt).append('\n'));
    }

    private String coloured(String verdict) {
        return verdict.startsWith(Verdict.MET.text())
                ? colour(GREEN, verdict)
                : verdict.startsWith(Verdict.NOT_MET.text()) ? colour(RED, verdict) : verdict;
    }

    private String bold(String text) {
        return colour(BOLD, text);
    }

    private String colour(String code, String text) {
        return isColourful ? code + text + PLAIN : text;
    }
}
