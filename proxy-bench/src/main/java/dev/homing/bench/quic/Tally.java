package dev.homing.bench.quic;

import dev.homing.bench.load.Latency;
import dev.homing.demo.client.Transfer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Counts what becomes of a round's connections while it lasts. Event loops write, main waits.
final class Tally {

    private final Histogram handshakes = Latency.empty();
    private final CountDownLatch ends;
    private final long startNanos = System.nanoTime();
    private long lastNanos = startNanos;
    private long done;
    private long lost;
    private long wrong;
    private long bytes;
    private String complaint = "";

    /// @param connections whose end is awaited
    Tally(int connections) {
        ends = new CountDownLatch(connections);
    }

    /// @param nanos since it was due
    synchronized void connected(long nanos) {
        handshakes.recordValue(Math.min(nanos, handshakes.getHighestTrackableValue()));
    }

    void ended(Transfer transfer) {
        ended(transfer.bytesReceived(), transfer.isIntact());
    }

    synchronized void ended(long received, boolean isRight) {
        bytes += received;
        done += isRight ? 1 : 0;
        wrong += isRight ? 0 : 1;
        end();
    }

    synchronized void lost(Throwable cause) {
        lost++;
        if (complaint.isEmpty()) {
            Throwable root = cause;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            complaint = cause.getMessage() + " (" + root + ")";
        }
        end();
    }

    private void end() {
        lastNanos = System.nanoTime();
        ends.countDown();
    }

    /// Waits until every connection has ended; one that has not by then is lost.
    Outcome await(long seconds) throws InterruptedException {
        if (ends.await(seconds, TimeUnit.SECONDS)) {
            return outcome(0);
        }
        return outcome(ends.getCount());
    }

    private synchronized Outcome outcome(long unended) {
        String why =
                unended > 0 && complaint.isEmpty()
                        ? "a connection never came to an end"
                        : complaint;
        return new Outcome(
                done,
                lost + unended,
                wrong,
                bytes,
                (lastNanos - startNanos) / 1e9,
                handshakes.copy(),
                why);
    }
}
