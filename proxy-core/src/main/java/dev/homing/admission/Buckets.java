package dev.homing.admission;

import dev.homing.hash.SipHash;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// How many connections have lately begun: in all, toward each backend, and from each source. One
/// for all shards, which share it without a lock.
///
/// ```
/// word     | in all | 7 unused | backend 0 | backend 1 | ...          when it is full again, in ns since the start
/// ```
///
/// Asking and noting are two steps, for a connection is noted in all buckets or in none. So shards
/// that ask at once may each take the last connection of a bucket: as many too many as there are
/// shards, once, and none on average.
public final class Buckets {

    private static final int FIRST_BACKEND = 8;

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
    private static final VarHandle WORDS = WORD.varHandle();

    private final MemorySegment words;
    private final SourceBuckets sources;
    private final long startNs;

    /// @param backends their ids are 0 to this, exclusive
    /// @param hash with a key that strangers do not know
    /// @param startNs as of System.nanoTime()
    public Buckets(SegmentAllocator memory, int backends, SipHash hash, long startNs) {
        words = memory.allocate((long) (FIRST_BACKEND + backends) * Long.BYTES, 64);
        sources = new SourceBuckets(memory, hash);
        this.startNs = startNs;
    }

    SourceBuckets sources() {
        return sources;
    }

    /// Since the start.
    long time(long nowNs) {
        return Math.max(0, nowNs - startNs);
    }

    boolean allowsInAll(Rate rate, long time) {
        return allows(0, rate, time);
    }

    boolean allowsToward(int backend, Rate rate, long time) {
        return allows(FIRST_BACKEND + backend, rate, time);
    }

    void takeInAll(Rate rate, long time) {
        take(0, rate, time);
    }

    void takeToward(int backend, Rate rate, long time) {
        take(FIRST_BACKEND + backend, rate, time);
    }

    private boolean allows(int bucket, Rate rate, long time) {
        long full = (long) WORDS.getOpaque(words, (long) bucket * Long.BYTES);
        return rate.allows(rate.trueDebt(full - time));
    }

    private void take(int bucket, Rate rate, long time) {
        long offset = (long) bucket * Long.BYTES;
        long full;
        long next;
        do {
            full = (long) WORDS.getOpaque(words, offset);
            next = time + rate.debtAfter(rate.trueDebt(full - time));
        } while (!WORDS.compareAndSet(words, offset, full, next));
    }
}
