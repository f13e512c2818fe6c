package dev.homing.bench.soak.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.bench.soak.model.Footprint;
import dev.homing.bench.soak.model.Violation;
import dev.homing.bench.soak.traffic.Tally;
import dev.homing.command.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakMarkdownTest {

    private static Outcome outcome(Violation... violations) {
        return new Outcome(
                42,
                true,
                61.5,
                3,
                Map.of("rest", 4),
                new Tally.Counts(100, 0, 2_000, 123_456_789, 7, 1, 2, 3, 5_000, 600),
                Map.of("no_session", 17L),
                1_234_567,
                6,
                List.of(
                        new Footprint(1, 0, 150 << 20, 90 << 20, 13 << 20, 117, 30),
                        new Footprint(3, 60, 170 << 20, 95 << 20, 14 << 20, 121, 300)),
                List.of(violations),
                violations.length);
    }

    @Test
    void theRecordStandsBetweenItsMarksAndTheRestStays(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("SOAK.md");
        Files.writeString(
                file,
                "# Before\n\n"
                        + SoakMarkdown.BLOCK.begin()
                        + "\nold\n"
                        + SoakMarkdown.BLOCK.end()
                        + "\n\nafter\n");

        SoakMarkdown.writeInto(file, "./homing soak --seed 42", Map.of("cores", 2), outcome());

        String text = Files.readString(file);
        assertTrue(text.startsWith("# Before\n"), text);
        assertTrue(text.endsWith(SoakMarkdown.BLOCK.end() + "\n\nafter\n"), text);
        assertFalse(text.contains("old"), text);
        for (String told :
                List.of(
                        "`./homing soak --seed 42`",
                        "| cores | 2 |",
                        "no_session 17",
                        "first 150, last 170, most 170",
                        "| rest | 4 |",
                        "| **violations** | 0 |")) {
            assertTrue(text.contains(told), () -> told + " is not in " + text);
        }
    }

    @Test
    void aFileWithoutMarksIsLeftAlone(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("SOAK.md"), "# By hand\n");
        assertThrows(
                IOException.class,
                () -> SoakMarkdown.writeInto(file, "./homing soak", Map.of(), outcome()));
        assertEquals("# By hand\n", Files.readString(file));
    }

    @Test
    void aViolationIsToldWithTimeSeedAndEvidence() {
        Outcome outcome = outcome(new Violation(2_500_000_000L, "books", "1 missing", "Rest[]"));
        for (String text : List.of(SoakText.print(outcome), Json.write(outcome.values()))) {
            assertTrue(text.contains("42"), text);
            assertTrue(text.contains("2.5"), text);
            assertTrue(text.contains("1 missing"), text);
        }
        assertFalse(outcome.isClean());
        assertTrue(SoakText.print(outcome()).contains("No violation."));
    }
}
