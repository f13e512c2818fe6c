package dev.homing.ledger;

/// What one thread counts by size.
///
/// ```
/// for each histogram and side   | bucket 0 | bucket 1 | ... | the last bucket | sum of the values |
/// ```
///
/// Single writer: the thread that owns it; any thread reads, see [Cells]. A reader may see a value
/// in its bucket and not yet in the sum.
public final class Histograms {

    private static final Histogram[] ALL = Histogram.values();
    private static final int SIDES = Side.values().length;

    /// Of each histogram the first cell, and behind the last one the end.
    private static final int[] FIRST = new int[ALL.length + 1];

    static {
        for (int i = 0; i < ALL.length; i++) {
            FIRST[i + 1] = FIRST[i] + SIDES * cellsOf(ALL[i]);
        }
    }

    private final Cells cells = new Cells(FIRST[ALL.length]);

    /// The owner only.
    public void add(Histogram histogram, Side side, long value) {
        add(histogram, side, value, 1);
    }

    /// The same value several times. The owner only.
    public void add(Histogram histogram, Side side, long value, int times) {
        int first = first(histogram, side);
        cells.add(first + histogram.bucket(value), times);
        cells.add(first + histogram.bounds() + 1, value * times);
    }

    /// How many values there are in a bucket. Any thread.
    ///
    /// @param bucket 0 to [Histogram#bounds], inclusive
    public long count(Histogram histogram, Side side, int bucket) {
        return cells.read(first(histogram, side) + bucket);
    }

    /// The sum of all values. Any thread.
    public long sum(Histogram histogram, Side side) {
        return cells.read(first(histogram, side) + histogram.bounds() + 1);
    }

    private static int first(Histogram histogram, Side side) {
        return FIRST[histogram.ordinal()] + side.ordinal() * cellsOf(histogram);
    }

    private static int cellsOf(Histogram histogram) {
        return histogram.bounds() + 2;
    }
}
