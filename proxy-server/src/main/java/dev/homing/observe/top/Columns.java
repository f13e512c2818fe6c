package dev.homing.observe.top;

import dev.homing.observe.top.Line.Tone;
import java.util.ArrayList;
import java.util.List;

/// A table whose columns are as wide as their widest cell; numbers stand at the right.
final class Columns {

    private static final String GAP = "  ";

    private final boolean[] isNumber;
    private final List<String[]> rows = new ArrayList<>();
    private final List<Tone> tones = new ArrayList<>();

    /// @param headings those of numbers begin with `>`
    Columns(String... headings) {
        isNumber = new boolean[headings.length];
        String[] plain = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            isNumber[i] = headings[i].startsWith(">");
            plain[i] = isNumber[i] ? headings[i].substring(1) : headings[i];
        }
        row(Tone.HEADING, plain);
    }

    Columns row(Tone tone, String... cells) {
        if (cells.length != isNumber.length) {
            throw new IllegalArgumentException(cells.length + " cells, " + isNumber.length);
        }
        rows.add(cells);
        tones.add(tone);
        return this;
    }

    List<Line> lines() {
        int[] widths = new int[isNumber.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        List<Line> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < widths.length; i++) {
                String cell = rows.get(r)[i];
                String space = " ".repeat(widths[i] - cell.length());
                cells.add(isNumber[i] ? space + cell : cell + space);
            }
            lines.add(new Line(String.join(GAP, cells).stripTrailing(), tones.get(r)));
        }
        return lines;
    }
}
