package dev.homing.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.observe.top.Line;
import dev.homing.observe.top.Line.Tone;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScreenTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    private String written() {
        return written.toString(StandardCharsets.UTF_8).replace("\u001b", "ESC");
    }

    private static List<Line> page(String... texts) {
        return List.of(texts).stream().map(text -> new Line(text, Tone.BAD)).toList();
    }

    @Test
    void drawsEachPageOverTheOneBeforeAndGivesTheTerminalBack() {
        Screen screen = new Screen(out, true, true);
        screen.show(page("a", "b"));
        screen.show(page("c"));
        screen.close();
        screen.close();

        assertEquals(
                "ESC[?1049hESC[?25lESC[HESC[31maESC[0mESC[K\r\nESC[31mbESC[0mESC[KESC[J"
                        + "ESC[HESC[31mcESC[0mESC[KESC[J"
                        + "ESC[?25hESC[?1049l",
                written());
    }

    @Test
    void usesNoColoursWhereTheyAreNotWanted() {
        try (Screen screen = new Screen(out, true, false)) {
            screen.show(page("a"));
        }
        assertEquals("ESC[?1049hESC[?25lESC[HaESC[KESC[JESC[?25hESC[?1049l", written());
    }

    @Test
    void writesPlainLinesWhereThereIsNoTerminal() {
        try (Screen screen = new Screen(out, false, false)) {
            screen.show(page("a", "b"));
            screen.show(page("c"));
        }
        assertEquals("a\nb\n\nc\n", written());
    }

    @Test
    void leavesATerminalAloneThatItNeverDrewOn() {
        new Screen(out, true, true).close();

        assertEquals("", written());
    }
}
