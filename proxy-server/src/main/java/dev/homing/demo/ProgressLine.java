package dev.homing.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Shows the demonstration's progress: on a terminal one line that is written over, elsewhere a
/// line each second. Used by one thread.
public final class ProgressLine implements Consumer<DemoProgress>, AutoCloseable {
    private static final String ERASE_LINE = "\r\u001b[2K";
    private static final long PLAIN_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final boolean interactive;
    private long lastNs = System.nanoTime() - PLAIN_INTERVAL_NS;

    public ProgressLine(PrintStream out, Terminal terminal) {
        this.out = out;
        interactive = terminal.interactive();
    }

    @Override
    public void accept(DemoProgress progress) {
        if (interactive) {
            out.print(ERASE_LINE + text(progress));
            out.flush();
        } else if (System.nanoTime() - lastNs >= PLAIN_INTERVAL_NS) {
            lastNs = System.nanoTime();
            out.println(text(progress));
        }
    }

    /// Takes the line away, so that what follows starts on an empty one.
    @Override
    public void close() {
        if (interactive) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }

    private static String text(DemoProgress progress) {
        long percent = 100 * progress.bytesReceived() / Math.max(1, progress.bytesExpected());
        return String.format(
                Locale.ROOT,
                "%d of %d connected, %d moved, %d %% of %s received, %d done",
                progress.connected(),
                progress.clients(),
                progress.moved(),
                percent,
                Bytes.text(progress.bytesExpected()),
                progress.finished());
    }
}
