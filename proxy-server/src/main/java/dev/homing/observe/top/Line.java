package dev.homing.observe.top;

/// A line on a terminal.
public record Line(String text, Tone tone) {

    /// How a line is to look, where there are colours.
    public enum Tone {
        PLAIN,
        HEADING,
        QUIET,
        GOOD,
        BAD
    }

    static Line plain(String text) {
        return new Line(text, Tone.PLAIN);
    }

    /// No longer than a terminal is wide: a line that wraps would push the others down.
    public Line cut(int columns) {
        return text.length() <= columns
                ? this
                : new Line(text.substring(0, Math.max(0, columns - 1)) + "…", tone);
    }
}
