package dev.homing.observe.metrics;

import dev.homing.ledger.Books;
import dev.homing.ledger.Histogram;
import dev.homing.ledger.Side;
import java.util.concurrent.TimeUnit;

/// What is counted by size: how many datagrams come and go together, and how long they take.
record HistogramSubject(Books books) implements Subject {

    /// What is counted is what is shown.
    private static final double AS_COUNTED = 1;

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    @Override
    public void write(Sheet sheet) {
        bothSides(
                sheet,
                Histogram.RECEIVE_BATCH,
                AS_COUNTED,
                "homing_receive_batch_datagrams",
                "Datagrams that a receive call gave, of those that gave any; those of trains count each.");
        bothSides(
                sheet,
                Histogram.SEND_BATCH,
                AS_COUNTED,
                "homing_send_batch_datagrams",
                "Datagrams that a send call took, by the side they were sent to; those of trains count each.");
        bothSides(
                sheet,
                Histogram.TRAIN,
                AS_COUNTED,
                "homing_train_datagrams",
                "Datagrams that the kernel gave as one train; 1 for a datagram by itself.");
        bothSides(
                sheet,
                Histogram.FORWARD,
                NANOS_PER_SECOND,
                "homing_forward_seconds",
                "Time from a receive call's return to the send call's, by the side a datagram was received from; sampled:"
                        + " one datagram a turn at most.");
        sheet.histogram(
                        "homing_handoff_wait_seconds",
                        "Time from a receive call's return to the turn of the shard that takes a datagram out of its"
                                + " queue; sampled: one datagram a turn and queue.",
                        bounds(Histogram.HANDOFF_WAIT, NANOS_PER_SECOND))
                .put(
                        counts(Histogram.HANDOFF_WAIT, Side.CLIENT),
                        books.sum(Histogram.HANDOFF_WAIT, Side.CLIENT) / NANOS_PER_SECOND);
    }

    /// @param perUnit how many of what is counted make one of what is shown
    private void bothSides(
            Sheet sheet, Histogram histogram, double perUnit, String name, String help) {
        Buckets buckets = sheet.histogram(name, help, bounds(histogram, perUnit), "side");
        for (Side side : Side.values()) {
            buckets.put(
                    counts(histogram, side), books.sum(histogram, side) / perUnit, side.label());
        }
    }

    private static double[] bounds(Histogram histogram, double perUnit) {
        double[] bounds = new double[histogram.bounds()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = histogram.bound(i) / perUnit;
        }
        return bounds;
    }

    private long[] counts(Histogram histogram, Side side) {
        long[] counts = new long[histogram.bounds() + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = books.count(histogram, side, i);
        }
        return counts;
    }
}
