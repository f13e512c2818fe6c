package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ShownTest {

    @Test
    void showsTextsOfOthersWithoutTheirControlCharacters() {
        assertEquals("\"a\\u001b[31mb\\u000a\"", Shown.value("a\u001b[31mb\n"));
        assertEquals("\"a\\u202eb\"", Shown.value("a\u202eb"));
        assertEquals("\"grün\"", Shown.value("grün"));
    }

    @Test
    void shortensTextsOfOthers() {
        assertEquals("x".repeat(80) + "…", Shown.plain("x".repeat(81)));
        assertEquals("x".repeat(80), Shown.plain("x".repeat(80)));
    }
}
