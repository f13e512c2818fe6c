package dev.homing.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process: streams, exit codes, and what it loads.
final class ProcessTest {

    private static final List<String> MINIMAL =
            List.of("--listen", "127.0.0.1:4433", "--backend", "10.0.0.1:4433");

    @TempDir Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private Path err() {
        return folder.resolve("err");
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    private int start(List<String> arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xlog:class+load:file=" + classes(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.homing.command.ProgramForTests"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Without a locale, as in a container.
        builder.environment().clear();
        Process process =
                builder.redirectOutput(out().toFile()).redirectError(err().toFile()).start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process does not end");
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }

    private static List<String> with(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(MINIMAL);
        arguments.addAll(List.of(more));
        return arguments;
    }

    @Test
    void logsEachEventAsAJsonObjectWhenTheOutputIsNoTerminal() throws Exception {
        assertEquals(3, start(with("run")));

        String line = Files.readString(out());
        assertTrue(
                line.matches(
                        "\\{\"timestamp\":[0-9]+,\"level\":\"INFO\",\"threadName\":\"main\",\"loggerName\":\"test\","
                                + ".*\"formattedMessage\":\"started\".*}\n"),
                line);
        assertTrue(line.contains("\"listeners\""), line);
        assertEquals("", Files.readString(err()));
    }

    @Test
    void logsEachEventAsALineOfTextWhenAskedTo() throws Exception {
        assertEquals(
                3,
                start(
                        with(
                                "run",
                                "--set",
                                "log.format=text",
                                "--set",
                                "sessions.idle-timeout=30s")));

        List<String> lines = Files.readAllLines(out());
        assertEquals(2, lines.size(), lines::toString);
        String time = "20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z ";
        assertTrue(
                lines.get(0)
                        .matches(
                                time
                                        + "WARN  config: 30s is less than two minutes where=\"--set sessions.idle-timeout\""
                                        + " key=\"sessions.idle-timeout\" remedy=\".*\""),
                lines::toString);
        assertTrue(
                lines.get(1).matches(time + "INFO  test: started listeners=\"1\""),
                lines::toString);
    }

    @Test
    void checksAndPrintsWithoutLoadingNettyOrTheLog() throws Exception {
        for (List<String> arguments :
                List.of(
                        with("check"),
                        with("print-config"),
                        List.of(
                                "decode-cid",
                                "--set=listeners.0.address=127.0.0.1:4433",
                                "--set=pools.web.cid-scheme=msquic-ip",
                                "--set=pools.web.backends.0.address=10.0.0.1:4433",
                                "000a000001"),
                        List.of("version"),
                        List.of("help"))) {
            assertEquals(0, start(arguments), arguments::toString);
            List<String> loaded =
                    Files.readAllLines(classes()).stream()
                            .filter(line ->
                                    line.contains(" io.netty.")
                                            || line.contains(" ch.qos.logback.")
                                            || line.contains(" org.slf4j.")
                                            || line.contains(" io.micrometer."))
                            .toList();
            assertEquals(List.of(), loaded, arguments::toString);
        }
    }

    @Test
    void writesUtf8WithoutALocale() throws Exception {
        Path file = folder.resolve("homing.yaml");
        Files.writeString(file, "log: {level: grün}\n");

        assertEquals(78, start(List.of("check", "-c", file.toString())));
        assertTrue(
                Files.readString(err()).contains("\"grün\" is not one of"),
                Files.readString(err()));
    }

    @Test
    void endsWithTheExitCodesOfTheCommands() throws Exception {
        assertEquals(2, start(List.of()));
        assertEquals(4, start(List.of("demo")));
        assertEquals(78, start(List.of("check")));
    }
}
