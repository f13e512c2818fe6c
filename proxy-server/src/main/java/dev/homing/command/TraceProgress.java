package dev.homing.command;

import dev.homing.control.config.value.Durations;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Tells on standard error how far a trace is, from its third second on: on a terminal in a line
/// that is written over, elsewhere every ten seconds.
///
/// What else goes to a terminal goes through [#beside], so that the line is out of its way.
final class TraceProgress implements AutoCloseable {

    private static final String ERASE_LINE = "\r\u001b[2K";
    private static final long FIRST_SECONDS = 2;
    private static final long PLAIN_SECONDS = 10;

    private final Shell shell;
    private final Duration duration;
    private final String things;
    private final AtomicLong count = new AtomicLong();
    private final long begunNs = System.nanoTime();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("progress").factory());
    private boolean isShown;

    /// @param things what is counted, in the plural
    TraceProgress(Shell shell, Duration duration, String things) {
        this.shell = shell;
        this.duration = duration;
        this.things = things;
        long period = shell.isErrTerminal() ? 1 : PLAIN_SECONDS;
        var shown = clock.scheduleAtFixedRate(this::show, FIRST_SECONDS, period, TimeUnit.SECONDS);
        assert !shown.isDone();
    }

    /// One more.
    void add() {
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }

    private synchronized void show() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begunNs);
        String text =
                "%d s of %s, %d %s"
                        .formatted(seconds, Durations.print(duration), count.get(), things);
        if (shell.isErrTerminal()) {
            shell.err().print(ERASE_LINE + text);
            shell.err().flush();
            isShown = true;
        } else {
            shell.err().println(text);
        }
    }

    /// Does something that writes to a terminal.
    synchronized void beside(Runnable writing) {
        erase();
        writing.run();
    }

    private void erase() {
        if (isShown) {
            shell.err().print(ERASE_LINE);
            shell.err().flush();
            isShown = false;
        }
    }

    @Override
    public synchronized void close() {
        clock.shutdownNow();
        erase();
    }
}
