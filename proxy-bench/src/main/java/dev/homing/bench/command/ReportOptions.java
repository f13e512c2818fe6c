package dev.homing.bench.command;

import dev.homing.bench.report.HtmlReport;
import dev.homing.bench.report.MarkdownReport;
import dev.homing.bench.report.Report;
import dev.homing.bench.report.TextReport;
import dev.homing.command.Json;
import dev.homing.command.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the report goes, the same for every command that measures.
final class ReportOptions {

    enum Output {
        text,
        json
    }

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "What goes to standard output. Default: text.")
    Output output = Output.text;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write the page with charts here. Default: target/bench.html.")
    Path html = Path.of("target", "bench.html");

    @Option(
            names = "--json",
            paramLabel = "FILE.json",
            description = "Write every figure here. Default: target/bench.json.")
    Path json = Path.of("target", "bench.json");

    @Option(
            names = "--markdown",
            paramLabel = "FILE.md",
            description =
                    "Write the results into this file too, between its two marks"
                            + " (docs/BENCHMARKS.md has them).")
    @Nullable Path markdown;

    /// Before the first measurement: minutes are not to be spent on a report that has no place.
    void check() throws IOException {
        makeFolder(html);
        makeFolder(json);
    }

    void deliver(Report report, Shell shell) throws IOException {
        String values = Json.write(report.values()) + "\n";
        Files.writeString(html, HtmlReport.print(report));
        Files.writeString(json, values);
        if (markdown != null) {
            MarkdownReport.writeInto(markdown, report);
        }
        if (output == Output.json) {
            shell.out().print(values);
        } else {
            shell.out()
                    .print(new TextReport(shell.isColourful(shell.isOutTerminal())).print(report));
            shell.out().println("\nWritten: " + html + ", " + json);
        }
        shell.out().flush();
    }

    private static void makeFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (Files.exists(file)
                ? !Files.isWritable(file)
                : folder != null && !Files.isWritable(folder)) {
            throw new IOException("cannot write " + file + ": name another file");
        }
    }
}
