package dev.homing.observe.metrics;

import dev.homing.ledger.Books;
import dev.homing.ledger.Histogram;
import dev.homing.ledger.Side;

/// What is counted by size: how many datagrams come and go together.
record HistogramSubject(Books books) implements Subject {

    /// What is counted is what is shown.
    private static final double AS_COUNTED = 1;

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
    }

    private void bothSides(
            Sheet sheet, Histogram histogram, double unit, String name, String help) {
        Buckets buckets = sheet.histogram(name, help, bounds(histogram, unit), "side");
        for (Side side : Side.values()) {
            buckets.put(counts(histogram, side), books.sum(histogram, side) * unit, side.label());
        }
    }

    private static double[] bounds(Histogram histogram, double unit) {
        double[] bounds = new double[histogram.bounds()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = histogram.bound(i) * unit;
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
