package dev.homing.bench.report;

import java.io.PrintStream;
import java.time.Duration;

/// Says what is being measured: on a terminal in one line that is written over, elsewhere a line
/// for each step. Any thread.
public final class ProgressLine implements AutoCloseable {

    private static final String ERASE_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean isTerminal;
    private final long startNanos = System.nanoTime();
    private String last = "";

    public ProgressLine(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /// A step begins.
    public synchronized void step(String doing) {
        if (doing.equals(last)) {
            return;
        }
        last = doing;
        Duration since = Duration.ofNanos(System.nanoTime() - startNanos);
        String line = "%d:%02d  %s".formatted(since.toMinutes(), since.toSecondsPart(), doing);
        if (isTerminal) {
            out.print(ERASE_LINE + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    /// Takes the line away, so that what follows starts on an empty one.
    @Override
    public synchronized void close() {
        if (isTerminal) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }
}
