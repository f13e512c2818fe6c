package dev.homing.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Wireshark's view of a capture, where tshark is installed.
public final class Tshark {

    private static final long DEADLINE_SECONDS = 60;

    private Tshark() {}

    public static void assumeInstalled() {
        Assumptions.assumeTrue(
                List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark"))),
                "skipped: tshark is not installed (Debian's package tshark)");
    }

    /// A line for each packet: the fields between bars, empty for those that it does not have.
    ///
    /// @param options besides, such as `-d udp.port==4433,quic`
    public static List<String> fields(Path capture, List<String> options, String... fields)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        command.addAll(options);
        command.addAll(List.of("-T", "fields", "-E", "separator=|", "-E", "occurrence=f"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        Path errors = Files.createTempFile("tshark", ".err");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean isOver = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        String complaint = Files.readString(errors);
        Files.delete(errors);
        assertEquals(true, isOver, "tshark is still at it");
        assertEquals(0, process.exitValue(), () -> command + ": " + complaint);
        return out.lines().toList();
    }
}
