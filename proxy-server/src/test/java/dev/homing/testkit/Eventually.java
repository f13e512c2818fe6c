package dev.homing.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/// Waits for what happens on other threads, by asking again and again until a deadline.
public final class Eventually {
    /// Long enough for a busy machine: a test that passes never waits for it.
    public static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final long PAUSE_NS = 2_000_000;

    private Eventually() {}

    /// Waits until `condition` holds; fails the test when it does not within [#DEADLINE].
    public static void holds(String what, BooleanSupplier condition) {
        holds(() -> what, DEADLINE, condition);
    }

    /// Waits until `condition` holds; fails the test when it does not within `deadline`.
    ///
    /// @param what says what was waited for; asked only on failure, so it can tell how things stand
    ///   then
    public static void holds(Supplier<String> what, Duration deadline, BooleanSupplier condition) {
        if (!isTrue(deadline, condition)) {
            throw new AssertionFailedError(
                    "not within " + deadline.toMillis() + " ms: " + what.get());
        }
    }

    /// Waits until `condition` holds and says whether it did within `deadline`.
    public static boolean isTrue(Duration deadline, BooleanSupplier condition) {
        long endNs = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - endNs > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return true;
    }
}
