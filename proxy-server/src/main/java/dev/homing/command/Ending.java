package dev.homing.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets a command finish in good order when the process is told to end (SIGINT, SIGTERM): what it
/// waits for is stopped, and the process stays until the command is done.
final class Ending implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 3;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean isAsked;

    /// @param stop ends what the command waits for; on a thread of its own
    Ending(Runnable stop) {
        hook =
                new Thread(
                        () -> {
                            isAsked = true;
                            stop.run();
                            await();
                        },
                        "ending");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void await() {
        try {
            boolean isDone = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assert isDone : "the process ends all the same";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the process is about to end.
    boolean isAsked() {
        return isAsked;
    }

    /// The command is done.
    @Override
    public void close() {
        done.countDown();
        if (!isAsked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process has begun to end in this moment: the hook finds the work done.
                assert done.getCount() == 0;
            }
        }
    }
}
