package dev.homing.command;

import dev.homing.observe.top.Line;
import java.io.PrintStream;
import java.util.List;

/// Shows one page after the other. On a terminal each takes the place of the one before, on a
/// screen of its own, so that what stood there before comes back in the end; elsewhere they follow
/// each other as plain lines.
///
/// The codes are those of ECMA-48 (CUP, EL, ED, SGR) and of xterm (1049, 25), which every terminal
/// of today knows.
final class Screen implements AutoCloseable {

    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String TO_END_OF_LINE = "\u001b[K";
    private static final String TO_END_OF_SCREEN = "\u001b[J";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean isTerminal;
    private final boolean isColourful;
    private boolean isOpen;
    private boolean isFirst = true;

    Screen(PrintStream out, boolean isTerminal, boolean isColourful) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.isColourful = isColourful;
    }

    synchronized void show(List<Line> lines) {
        if (!isTerminal) {
            showBelow(lines);
            return;
        }
        StringBuilder page = new StringBuilder(isOpen ? HOME : ENTER + HOME);
        isOpen = true;
        for (int i = 0; i < lines.size(); i++) {
            // No line feed after the last one: it would scroll a full screen.
            page.append(i == 0 ? "" : "\r\n").append(painted(lines.get(i))).append(TO_END_OF_LINE);
        }
        out.print(page.append(TO_END_OF_SCREEN));
        out.flush();
    }

    private void showBelow(List<Line> lines) {
        if (!isFirst) {
            out.println();
        }
        isFirst = false;
        lines.forEach(line -> out.println(line.text()));
        out.flush();
    }

    private String painted(Line line) {
        String colour =
                switch (line.tone()) {
                    case PLAIN -> "";
                    case HEADING -> "\u001b[1m";
                    case QUIET -> "\u001b[2m";
                    case GOOD -> "\u001b[32m";
                    case BAD -> "\u001b[31m";
                };
        return isColourful && !colour.isEmpty() ? colour + line.text() + PLAIN : line.text();
    }

    /// Leaves the terminal as it was found. Any thread, also when the process is ending.
    @Override
    public synchronized void close() {
        if (isOpen) {
            isOpen = false;
            out.print(LEAVE);
            out.flush();
        }
    }
}
