package dev.homing.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.homing.control.config.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docker/systemd/homing.service.
final class ServiceUnitTest {

    private static final Path UNIT = OptionsTest.ROOT.resolve("docker/systemd/homing.service");
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @TempDir Path folder;

    private static String value(String key) throws IOException {
        return Files.readAllLines(UNIT).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void systemdUnderstandsIt() throws Exception {
        assumeTrue(Files.isExecutable(ANALYZE), "no systemd-analyze: apt-get install systemd");
        Path program = folder.resolve("homing");
        Files.copy(Path.of("/bin/true"), program, StandardCopyOption.COPY_ATTRIBUTES);
        Path unit = folder.resolve("homing.service");
        Files.writeString(
                unit, Files.readString(UNIT).replace("/opt/homing/homing", program.toString()));

        Ran verified =
                Ran.of(
                        folder,
                        Map.of(),
                        List.of(ANALYZE.toString(), "verify", "--man=no", unit.toString()));

        assertEquals(0, verified.exitCode(), verified.err());
        assertEquals(
                List.of(),
                verified.err().lines().filter(line -> line.contains("homing.service")).toList());
    }

    @Test
    void waitsLongerForTheEndThanDrainingTakesByDefault() throws IOException {
        Duration stop = Duration.parse("PT" + value("TimeoutStopSec"));

        assertTrue(
                stop.compareTo(Schema.DRAIN_TIMEOUT.presetValue().orElseThrow()) > 0,
                stop::toString);
    }
}
