package dev.homing.testkit;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/// Does the same thing again and again, on a thread of its own, at a bounded rate, until it is
/// closed.
public final class Traffic implements AutoCloseable {

    private static final long PAUSE_NS = 5_000_000;

    /// What is sent each time.
    @FunctionalInterface
    public interface Portion {
        void send(int number) throws IOException;
    }

    private final Thread thread;
    private volatile boolean isEnding;
    private volatile int sent;

    private Traffic(Portion portion) {
        thread = Thread.ofPlatform().daemon().name("traffic").start(() -> run(portion));
    }

    /// Begins to send, 200 times a second at most; returns when something has been sent.
    public static Traffic of(Portion portion) {
        Traffic traffic = new Traffic(portion);
        Eventually.holds("nothing was sent", () -> traffic.sent > 10);
        return traffic;
    }

    private void run(Portion portion) {
        for (int number = 0; !isEnding; number++) {
            try {
                portion.send(number);
            } catch (IOException e) {
                // A firewall, too, may refuse a datagram: the next one is tried.
                LockSupport.parkNanos(PAUSE_NS);
            }
            sent = number;
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public void close() {
        isEnding = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
