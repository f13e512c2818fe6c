package dev.homing.bench.soak.report;

import dev.homing.bench.soak.Soak;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/// Says what happens: on a terminal in one line that is written over, elsewhere in a line every ten
/// seconds. The conductor's thread.
public final class SoakProgress implements Consumer<Soak.Progress>, AutoCloseable {

    private static final String ERASE_LINE = "\r\u001b[2K";
    private static final double TERMINAL_SECONDS = 0.5;
    private static final double PLAIN_SECONDS = 10;
    private static final int SECONDS_A_MINUTE = 60;
    private static final int MEGA = 1_000_000;

    /// As wide as the narrowest terminal: a longer line could not be written over.
    private static final int WIDTH = 79;

    private final PrintStream out;
    private final boolean isTerminal;
    private final Duration length;
    private double said = Double.NEGATIVE_INFINITY;
    private String doing = "";

    public SoakProgress(PrintStream out, boolean isTerminal, Duration length) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.length = length;
    }

    @Override
    public void accept(Soak.Progress now) {
        doing = now.doing().isEmpty() ? doing : now.doing();
        double interval = isTerminal ? TERMINAL_SECONDS : PLAIN_SECONDS;
        if (now.seconds() - said < interval) {
            return;
        }
        said = now.seconds();
        String line = line(now);
        if (isTerminal) {
            out.print(ERASE_LINE + line.substring(0, Math.min(line.length(), WIDTH)));
        } else {
            out.println(line);
        }
        out.flush();
    }

    String line(Soak.Progress now) {
        long seconds = (long) now.seconds();
        return String.format(
                Locale.ROOT,
                "%d:%02d of %d:%02d  %s  life %d, %d open, %d transfers, %d MB  %s",
                seconds / SECONDS_A_MINUTE,
                seconds % SECONDS_A_MINUTE,
                length.toMinutes(),
                length.toSecondsPart(),
                now.violations() == 0 ? "clean" : now.violations() + " VIOLATIONS",
                now.lives(),
                now.counts().open(),
                now.counts().transfers(),
                now.counts().octets() / MEGA,
                doing);
    }

    /// Takes the line away, so that what follows starts on an empty one.
    @Override
    public void close() {
        if (isTerminal) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }
}
