package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.Demonstration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quic")
class DemonstrationTest {

    @Test
    void endsWellAndSaysWhatWentWhere() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode;
        try (PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream progress = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            exitCode = new Demonstration(printed, progress).run(false);
        }
        String text = out.toString(StandardCharsets.UTF_8);
        assertEquals(Demonstration.PASSED, exitCode, text);
        assertTrue(text.contains("24 of 24 connections got every byte from one server"), text);
        assertTrue(text.contains("12 of 12 that moved were followed"), text);
        assertTrue(text.contains("0 missing"), text);
        assertFalse(text.contains("\u001b"), "no colours when nobody looks");
        assertFalse(err.toString(StandardCharsets.UTF_8).isEmpty(), "progress");
    }
}
