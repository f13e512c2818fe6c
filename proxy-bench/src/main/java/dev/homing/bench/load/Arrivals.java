package dev.homing.bench.load;

import org.HdrHistogram.Histogram;

/// What arrived in one phase: how often, how late, and whether twice.
///
/// Written by the receiving thread; read when it has been told to stop, but for [#distinct].
final class Arrivals {

    private final int phase;
    private final long[] seen;
    private final Histogram late = Latency.empty();
    private volatile long distinct;
    private long duplicates;
    private long strays;
    private long atWrongBackend;

    /// @param expected sequence numbers are below this
    Arrivals(int phase, long expected) {
        this.phase = phase;
        seen = new long[Math.toIntExact((expected + Long.SIZE - 1) / Long.SIZE)];
    }

    /// @param isWrongBackend whether it should have reached another socket
    /// @return whether it belongs to this phase
    boolean count(long sequence, int ofPhase, long lateNanos, boolean isWrongBackend) {
        int word = (int) (sequence >>> 6);
        if (ofPhase != phase || sequence < 0 || word >= seen.length) {
            strays++;
            return false;
        }
        if (isWrongBackend) {
            atWrongBackend++;
        }
        long bit = 1L << sequence;
        if ((seen[word] & bit) != 0) {
            duplicates++;
            return true;
        }
        seen[word] |= bit;
        distinct(distinct + 1);
        late.recordValue(Math.clamp(lateNanos, 0, Latency.LONGEST_NANOS));
        return true;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void distinct(long count) {
        distinct = count;
    }

    int phase() {
        return phase;
    }

    /// Any thread.
    long distinct() {
        return distinct;
    }

    long duplicates() {
        return duplicates;
    }

    long strays() {
        return strays;
    }

    long atWrongBackend() {
        return atWrongBackend;
    }

    Histogram latency() {
        return late;
    }
}
