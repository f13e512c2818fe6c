package dev.homing.bench.soak.report;

import dev.homing.bench.report.MarkedBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// The outcome as Markdown, as a block between two marks in a file that people write around it.
public final class SoakMarkdown {

    public static final MarkedBlock BLOCK =
            new MarkedBlock(
                    "<!-- results: written by `./homing soak --markdown FILE`; do not edit -->",
                    "<!-- end of results -->");

    private SoakMarkdown() {}

    /// @param facts of the machine, the build and the day
    /// @throws IOException if the file cannot be written, or exists without the marks
    public static void writeInto(
            Path file, String command, Map<String, Object> facts, Outcome outcome)
            throws IOException {
        BLOCK.write(file, print(command, facts, outcome));
    }

    static String print(String command, Map<String, Object> facts, Outcome outcome) {
        StringBuilder out = new StringBuilder();
        out.append("`").append(command).append("`\n\n| | |\n|---|---|\n");
        facts.forEach((name, value) -> row(out, name, value.toString()));
        out.append("\n| what was seen | |\n|---|---|\n");
        Summary.lines(outcome).forEach((name, value) -> row(out, name, value));
        out.append("\n| event | times |\n|---|--:|\n");
        outcome.events().forEach((kind, count) -> row(out, kind, count.toString()));
        if (!outcome.isClean()) {
            out.append("\n### Violations\n\n");
            outcome.violations()
                    .forEach(violation -> out.append("- ").append(violation).append('\n'));
        }
        return out.toString();
    }

    private static void row(StringBuilder out, String name, String value) {
        out.append("| ")
                .append(name)
                .append(" | ")
                .append(value.replace("|", "\\|"))
                .append(" |\n");
    }
}
