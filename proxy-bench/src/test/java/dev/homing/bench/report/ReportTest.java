package dev.homing.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.bench.measure.Spread;
import dev.homing.command.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {

    private static final TargetRow MET =
            TargetRow.atMost("CPU", "", 1.25, Spread.of(1.2, 1.1, 1.9), List.of());
    private static final TargetRow MISSED =
            TargetRow.atLeast("rate", "", 8, Spread.of(7.9), List.of("a <doubt>"));

    private static Section section(String... problems) {
        return new Section(
                "Singles",
                "200 B",
                List.of("<subject", ">µs"),
                List.of(List.of("homing-rtc", "8.3"), List.of("a|b & c", "1")),
                List.of(Map.of("subject", "homing-rtc")),
                List.of(
                        new Chart(
                                "CPU",
                                "µs",
                                List.of(new Chart.Bar("homing-rtc", Spread.of(8, 9))))),
                List.of(problems));
    }

    private static Report report(Section section, TargetRow... rows) {
        return new Report(
                "./homing bench", Map.of("cores", 2), List.of(rows), List.of(section), List.of());
    }

    @Test
    void theMedianDecides() {
        assertEquals(Verdict.MET, MET.verdict());
        assertEquals(Verdict.NOT_MET, MISSED.verdict());
        assertEquals(
                Verdict.MET, TargetRow.atMost("x", "B", 256, Spread.of(256), List.of()).verdict());
        assertEquals(
                Verdict.MET, TargetRow.atLeast("x", "", 1.2, Spread.of(1.2), List.of()).verdict());
    }

    @Test
    void whatIsNotMeasuredSaysWhy() {
        TargetRow row = MET.notMeasured("not installed: nginx");

        assertEquals(Verdict.NOT_MEASURED, row.verdict());
        assertEquals("–", row.valueText());
        assertTrue(
                new TextReport(false)
                        .print(report(section(), row))
                        .contains("not installed: nginx"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TargetRow("x", "", 1, true, Optional.empty(), List.of()));
    }

    @Test
    void aValueThatIsToBeDoubtedSaysSoBesideItsVerdict() {
        assertEquals("met", MET.verdictText());
        assertEquals("not met, in doubt", MISSED.verdictText());
        assertTrue(HtmlReport.print(report(section(), MISSED)).contains("not met, in doubt"));
        assertTrue(MarkdownReport.print(report(section(), MISSED)).contains("not met, in doubt"));
    }

    @Test
    void aRunThatWasNotCleanSaysSoEverywhere() throws IOException {
        Report report = report(section("other programs had 40 % of the processors"), MET);

        assertTrue(new TextReport(false).print(report).contains("Not measured cleanly"));
        assertTrue(HtmlReport.print(report).contains("Not measured cleanly"));
        assertTrue(MarkdownReport.print(report).contains("Not measured cleanly"));
        assertEquals(false, report.values().get("clean"));
        assertTrue(Json.write(report.values()).contains("other programs had 40 %"));
    }

    @Test
    void aCleanRunSaysSoEverywhere() {
        Report report = report(section(), MET);

        assertTrue(new TextReport(false).print(report).contains("Measured cleanly"));
        assertTrue(HtmlReport.print(report).contains("Measured cleanly"));
        assertTrue(MarkdownReport.print(report).contains("Measured cleanly"));
        assertEquals(true, report.values().get("clean"));
    }

    @Test
    void thePageNeedsNothingFromElsewhere() {
        String page = HtmlReport.print(report(section(), MET, MISSED));

        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("http:") || page.contains("https:"), page);
        assertFalse(page.contains("src=") || page.contains("href="), page);
        assertTrue(page.contains("<svg"), page);
        assertTrue(page.contains("a &lt;doubt&gt;"), page);
        assertTrue(page.contains("a|b &amp; c"), page);
    }

    @Test
    void resultsReplaceThoseOfTheRunBefore(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("BENCHMARKS.md");
        Files.writeString(
                file,
                "# Method\n" + MarkdownReport.BEGIN + "\nold\n" + MarkdownReport.END + "\nafter\n");

        MarkdownReport.writeInto(file, report(section(), MET));
        MarkdownReport.writeInto(file, report(section(), MISSED));

        String text = Files.readString(file);
        assertTrue(text.startsWith("# Method\n" + MarkdownReport.BEGIN), text);
        assertTrue(text.endsWith(MarkdownReport.END + "\nafter\n"), text);
        assertFalse(text.contains("old"), text);
        assertFalse(text.contains("| CPU |"), text);
        assertTrue(text.contains("| rate | ≥ 8 | 7.90 |"), text);
        assertTrue(text.contains("a\\|b"), text);
    }

    @Test
    void aFileWithoutAPlaceForResultsIsLeftAsItIs(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("notes.md");
        Files.writeString(file, "mine\n");

        assertThrows(
                IOException.class, () -> MarkdownReport.writeInto(file, report(section(), MET)));
        assertEquals("mine\n", Files.readString(file));
    }

    @Test
    void figuresHaveThreeDigitsThatCount() {
        assertEquals("8.33", Figures.text(8.333));
        assertEquals("12.3", Figures.text(12.345));
        assertEquals("123", Figures.text(123.4));
        assertEquals("9999", Figures.whole(9999));
        assertEquals("1\u202f000\u202f000", Figures.whole(1_000_000));
        assertEquals("–", Figures.text(Double.NaN));
    }
}
