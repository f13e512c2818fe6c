package dev.homing.command;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Waits, and tells a person who waits too: one line on standard error, that counts down on a
/// terminal and is gone in the end.
final class Countdown {

    /// A shorter wait is over before anybody wonders.
    private static final Duration SILENT = Duration.ofSeconds(2);

    private static final long STEP_MS = 1000;

    private final Shell shell;

    Countdown(Shell shell) {
        this.shell = shell;
    }

    /// @param whom what is looked at
    void wait(String whom, Duration time) throws InterruptedException {
        boolean isTold = time.compareTo(SILENT) > 0;
        boolean isTerminal = shell.isErrTerminal();
        if (isTold && !isTerminal) {
            shell.err().printf("looking at %s for %d s%n", whom, seconds(time.toMillis()));
        }
        long endNs = System.nanoTime() + time.toNanos();
        long leftMs = time.toMillis();
        while (leftMs > 0) {
            if (isTold && isTerminal) {
                shell.err().printf("\r\u001b[Klooking at %s, %d s left", whom, seconds(leftMs));
                shell.err().flush();
            }
            Thread.sleep(Math.min(leftMs, STEP_MS));
            leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
        }
        if (isTold && isTerminal) {
            shell.err().print("\r\u001b[K");
            shell.err().flush();
        }
    }

    private static long seconds(long milliseconds) {
        return (milliseconds + STEP_MS - 1) / STEP_MS;
    }
}
