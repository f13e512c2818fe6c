package dev.homing.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs bodies at the same time, each on a thread of its own, and fails if any of them does.
public final class Together {

    private static final long DEADLINE_SECONDS = 120;

    /// What one thread does.
    public interface Body {
        void run() throws Exception;
    }

    private Together() {}

    public static void run(List<Body> bodies) throws Exception {
        CountDownLatch allAreThere = new CountDownLatch(bodies.size());
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Body body : bodies) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            threads.add(
                    Thread.ofPlatform()
                            .name("together-" + threads.size())
                            .daemon()
                            .start(() -> run(body, allAreThere, end)));
        }
        try {
            CompletableFuture.anyOf(
                            CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0])),
                            firstFailure(ends))
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new AssertionError("a thread failed", failure.getCause());
        } catch (TimeoutException failure) {
            throw new AssertionError("threads are still at it", failure);
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    private static void run(Body body, CountDownLatch allAreThere, CompletableFuture<Void> end) {
        try {
            allAreThere.countDown();
            allAreThere.await();
            body.run();
            end.complete(null);
        } catch (Throwable failure) {
            end.completeExceptionally(failure);
        }
    }

    private static CompletableFuture<Void> firstFailure(List<CompletableFuture<Void>> ends) {
        CompletableFuture<Void> failure = new CompletableFuture<>();
        for (CompletableFuture<Void> end : ends) {
            end.exceptionally(reason -> {
                failure.completeExceptionally(reason);
                return null;
            });
        }
        return failure;
    }
}
