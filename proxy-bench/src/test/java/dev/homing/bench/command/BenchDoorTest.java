package dev.homing.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.command.ExitCode;
import dev.homing.command.Shell;
import dev.homing.control.config.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchDoorTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int enter(String... arguments) {
        return new BenchDoor(shell()).enter(arguments);
    }

    private Shell shell() {
        return new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                Map.of(),
                Network::ofThisMachine);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    load --subjects homing,c-batch        | no subject 'homing'
                    load --shape triangles                | triangles
                    load --rounds 0                       | --rounds
                    load --seconds 0                      | --seconds
                    load --warm-up -1                     | --warm-up
                    load --rate 5                         | --rate
                    load --rate fast                      | --rate
                    load --burst 65                       | --burst
                    load --flows 20000                    | --flows
                    load --shape flows --flows 5000000    | --flows
                    load --size 10                        | --size
                    load --train 65                       | --train
                    load --train 60 --size 1200           | --size
                    load --shape migrating --direction return | --direction
                    load --direction sideways             | --direction
                    load --output yaml                    | --output
                    --quickly                             | --quick
                    peers --shape small                   | --shape
                    """)
    void mistakesAreWrongUsageAndNamed(String arguments, String named) {
        assertEquals(ExitCode.USAGE, enter(arguments.split(" ", -1)), said());
        assertTrue(said().contains(named), said());
        assertTrue(said().contains("--help"), said());
    }

    @ParameterizedTest
    @CsvSource({"--help", "load --help", "peers --help", "help micro"})
    void everyCommandExplainsItselfWithExamples(String arguments) {
        assertEquals(ExitCode.OK, enter(arguments.split(" ", -1)), said());
        assertTrue(said().contains("Examples:"), said());
    }

    @ParameterizedTest
    @CsvSource({
        "--minutes 0, --minutes",
        "--minutes ten, --minutes",
        "--seed x, --seed",
        "--output yaml, --output",
        "--hours 2, --hours",
        "more, more"
    })
    void mistakesOfASoakAreWrongUsageAndNamed(String arguments, String named) {
        assertEquals(ExitCode.USAGE, SoakCommand.enter(shell(), arguments.split(" ", -1)), said());
        assertTrue(said().contains(named), said());
        assertTrue(said().contains("homing soak --help"), said());
    }

    @Test
    void aSoakExplainsItselfWithExamples() {
        assertEquals(ExitCode.OK, SoakCommand.enter(shell(), "--help"), said());
        assertTrue(said().contains("Examples:"), said());
        assertTrue(said().contains("homing soak --minutes 10"), said());
    }

    @Test
    void aReportThatHasNoPlaceIsSaidBeforeAnythingIsMeasured(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        int code =
                enter(
                        "load",
                        "--report",
                        file.resolve("below/bench.html").toString(),
                        "--json",
                        folder.resolve("bench.json").toString());

        assertEquals(ExitCode.FAILED, code, said());
        assertTrue(said().contains(file.toString()), said());
    }
}
