package dev.homing.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The report as Markdown, as a block between two marks in a file that people write around it.
public final class MarkdownReport {

    public static final String BEGIN =
            "<!-- results: written by `./homing bench --markdown FILE`; do not edit -->";
    public static final String END = "<!-- end of results -->";

    private MarkdownReport() {}

    /// Puts the report between the marks of a file; a file that does not exist begins with them.
    ///
    /// @throws IOException if the file cannot be written, or exists without the marks
    public static void writeInto(Path file, Report report) throws IOException {
        new MarkedBlock(BEGIN, END).write(file, print(report));
    }

    static String print(Report report) {
        StringBuilder out = new StringBuilder();
        out.append("`").append(report.command()).append("`\n\n| | |\n|---|---|\n");
        report.facts().forEach((name, value) -> row(out, List.of(name, value.toString())));
        out.append('\n');
        if (report.doubts().isEmpty()) {
            out.append("Measured cleanly.\n");
        } else {
            out.append("**Not measured cleanly; do not compare these figures:**\n\n");
            report.doubts().forEach(doubt -> out.append("- ").append(doubt).append('\n'));
        }
        if (!report.targets().isEmpty()) {
            out.append(
                    "\n### Targets\n\n| what | target | value | from … to | verdict |\n|---|--:|--:|--:|---|\n");
            for (TargetRow row : report.targets()) {
                String remarks =
                        row.verdict() == Verdict.NOT_MEASURED
                                ? ": " + String.join("; ", row.remarks())
                                : "";
                row(
                        out,
                        List.of(
                                row.what(),
                                row.target(),
                                row.valueText(),
                                row.spreadText(),
                                row.verdictText() + remarks));
            }
        }
        report.sections().forEach(section -> append(out, section));
        return out.toString();
    }

    private static void append(StringBuilder out, Section section) {
        out.append("\n### ")
                .append(section.title())
                .append("\n\n")
                .append(section.note())
                .append("\n\n");
        row(out, section.columns().stream().map(column -> column.substring(1)).toList());
        out.append('|');
        section.columns().forEach(column -> out.append(column.charAt(0) == '>' ? "--:|" : "---|"));
        out.append('\n');
        section.rows().forEach(cells -> row(out, cells));
    }

    private static void row(StringBuilder out, List<String> cells) {
        out.append('|');
        cells.forEach(cell -> out.append(' ').append(cell.replace("|", "\\|")).append(" |"));
        out.append('\n');
    }
}
