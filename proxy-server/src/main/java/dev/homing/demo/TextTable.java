package dev.homing.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A table of text whose columns are as wide as their widest cell.
public final class TextTable {
    private static final String GAP = "  ";

    private final boolean[] toTheRight;
    private final List<String[]> rows = new ArrayList<>();

    /// @param columns the headings, each after `<` or `>`: where the column's cells are pushed to
    public TextTable(String... columns) {
        toTheRight = new boolean[columns.length];
        String[] headings = new String[columns.length];
        for (int i = 0; i < columns.length; i++) {
            toTheRight[i] = columns[i].charAt(0) == '>';
            headings[i] = columns[i].substring(1);
        }
        rows.add(headings);
    }

    public void row(String... cells) {
        if (cells.length != toTheRight.length) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + toTheRight.length + " columns");
        }
        rows.add(cells);
    }

    /// Writes the table.
    ///
    /// @param heading decorates the line of headings
    /// @param verdict decorates each cell of the last column; what it adds takes no room on the
    ///   screen
    public void appendTo(
            StringBuilder out, UnaryOperator<String> heading, UnaryOperator<String> verdict) {
        int[] widths = widths();
        for (int row = 0; row < rows.size(); row++) {
            StringBuilder line = new StringBuilder();
            String[] cells = rows.get(row);
            for (int column = 0; column < cells.length; column++) {
                boolean last = column == cells.length - 1;
                String cell = row > 0 && last ? verdict.apply(cells[column]) : cells[column];
                String space = " ".repeat(widths[column] - cells[column].length());
                if (toTheRight[column]) {
                    line.append(space).append(cell);
                } else {
                    // Nothing stands behind the last column, so it is not filled up.
                    line.append(cell).append(last ? "" : space);
                }
                line.append(last ? "" : GAP);
            }
            out.append(row == 0 ? heading.apply(line.toString()) : line).append('\n');
        }
    }

    private int[] widths() {
        int[] widths = new int[toTheRight.length];
        for (String[] cells : rows) {
            for (int column = 0; column < cells.length; column++) {
                widths[column] = Math.max(widths[column], cells[column].length());
            }
        }
        return widths;
    }
}
