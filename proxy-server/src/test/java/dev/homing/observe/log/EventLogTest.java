package dev.homing.observe.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class EventLogTest {

    private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z ";

    @Test
    void anEventIsALineOfTextWhateverIsInIt() {
        List<String> lines =
                written(
                        false,
                        log ->
                                log.atWarn()
                                        .addKeyValue("text", "two\nlines\u001b[31m\r\n")
                                        .setCause(new IllegalStateException("in\nthree\tparts"))
                                        .log("went wrong"));
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(
                lines.getFirst()
                        .matches(
                                TIME
                                        + "WARN  test: went wrong text=\"two lines \\[31m \""
                                        + " java.lang.IllegalStateException: in three parts at .*[^ ]"),
                lines::toString);
    }

    @Test
    void anEventIsAJsonObjectOnALineWhateverIsInIt() {
        List<String> lines =
                written(
                        true,
                        log ->
                                log.atWarn()
                                        .addKeyValue("text", "two\nlines")
                                        .setCause(new IllegalStateException("in\nthree\tparts"))
                                        .log("went wrong"));
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(
                lines.getFirst().contains("\"formattedMessage\":\"went wrong\""), lines::toString);
        assertTrue(lines.getFirst().contains("two\\nlines"), lines::toString);
        assertTrue(lines.getFirst().contains("in\\nthree\\tparts"), lines::toString);
    }

    @Test
    void anEventWithoutValuesEndsWithItsName() {
        List<String> lines = written(false, log -> log.info("started"));
        assertTrue(lines.getFirst().matches(TIME + "INFO  test: started"), lines::toString);
    }

    @Test
    void aRepeatedErrorIsOneLineAndAtTheEndOneMore() {
        List<String> lines =
                written(
                        false,
                        log -> {
                            for (int i = 0; i < 1_000; i++) {
                                log.atError().addKeyValue("path", "/metrics").log("page-failed");
                            }
                        });
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.getFirst().endsWith("page-failed path=\"/metrics\""), lines::toString);
        assertTrue(
                lines.getLast().endsWith("page-failed path=\"/metrics\" repeated=\"999\""),
                lines::toString);
    }

    /// What a log of its own writes to standard output, from start to stop.
    private static List<String> written(boolean isJson, Consumer<Logger> events) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            LoggerContext logback = new LoggerContext();
            logback.setMDCAdapter(new LogbackMDCAdapter());
            EventLog.start(logback, isJson, Level.INFO);
            events.accept(logback.getLogger("test"));
            logback.stop();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
