package dev.homing.testkit;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.common.EncryptionLevel;
import tech.kwik.core.impl.QuicConnectionImpl;
import tech.kwik.core.stream.FlowControlUpdateListener;

/// Keeps kwik's streams from falling asleep.
///
/// kwik 0.10.8 counts a stream's queued send requests, and counts one only after it has queued it.
/// When its sender thread is faster, it sees a request too many, queues none for the rest of the
/// data, and the writer waits for ever. Any later request mends that, so here is one from time to
/// time; it sends nothing when there is nothing to send.
final class KwikNudge implements AutoCloseable {
    private static final long INTERVAL_MS = 50;
    // After the last write the rest and the end of the stream may still be asleep.
    private static final long AFTERWARDS_MS = 2_000;

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("kwik-nudge").factory());

    /// Nudges the stream until some time after the returned task has been run.
    Runnable watch(QuicConnection connection, QuicStream stream) {
        ScheduledFuture<?> nudging =
                timer.scheduleAtFixedRate(
                        () -> nudge(connection, stream),
                        INTERVAL_MS,
                        INTERVAL_MS,
                        TimeUnit.MILLISECONDS);
        return () -> {
            if (!timer.isShutdown()) {
                timer.schedule(() -> nudging.cancel(false), AFTERWARDS_MS, TimeUnit.MILLISECONDS);
            }
        };
    }

    private static void nudge(QuicConnection connection, QuicStream stream) {
        if (stream.getOutputStream() instanceof FlowControlUpdateListener output
                && connection instanceof QuicConnectionImpl sender) {
            output.streamNotBlocked(stream.getStreamId());
            // Wakes the sender thread, with nothing to send.
            sender.send(maxSize -> null, 1, EncryptionLevel.App, lost -> {}, true);
        }
    }

    /// After it no stream may be watched any more, but watches may still end.
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
