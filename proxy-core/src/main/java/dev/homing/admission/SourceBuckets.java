package dev.homing.admission;

import dev.homing.hash.SipHash;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// A bucket for each address and network that connections have lately come from, in a table of
/// fixed size: 2 MiB, whoever comes.
///
/// ```
/// set, a cache line    | bucket | bucket | bucket | bucket | bucket | bucket | bucket | bucket |
///
/// bucket               63 ............ 40   39 ........................................ 0
///                      | hash tag, 0=free | when it is full again, in units of 128 ns    |
/// ```
///
/// A bucket that is full again says nothing that an empty place would not say, so its place is
/// free. If a set has no such place, the bucket makes room that will be full again first, so that
/// sources that come once, as those of a flood of forged addresses, only push out each other:
/// whoever has used up his limit owes most and stays. Nobody is ever refused for want of room; see
/// docs/decisions/0022.
///
/// Shared by all shards without a lock: a bucket is one word, changed by compare-and-swap. The time
/// comes round after 39 hours, so that somebody who returns after just that long may be refused
/// once, one time in 70 000.
final class SourceBuckets {

    private static final int SETS = 1 << 15;
    private static final int WAYS = 8;
    private static final int SET_BYTES = WAYS * Long.BYTES;

    private static final int TIME_BITS = 40;
    private static final long TIME_MASK = (1L << TIME_BITS) - 1;
    private static final int UNIT_SHIFT = 7;

    private static final int ABSENT = -1;

    /// Each lost race means that another shard has won one, so this is many more than a shard ever
    /// loses in a row; to miss one connection of a source would be no harm.
    private static final int ATTEMPTS = 64;

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
    private static final VarHandle WORDS = WORD.varHandle();

    private final MemorySegment sets;
    private final SipHash hash;

    /// @param hash with a key that strangers do not know
    SourceBuckets(SegmentAllocator memory, SipHash hash) {
        sets = memory.allocate((long) SETS * SET_BYTES, SET_BYTES);
        this.hash = hash;
    }

    /// What a source is known by: its first bits, of an address in two words.
    ///
    /// @param bits 0 to 128
    long source(long high, long low, int bits) {
        return hash.hash(high & mask(bits), low & mask(bits - Long.SIZE), bits);
    }

    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= Long.SIZE ? -1L : -1L << (Long.SIZE - bits);
    }

    /// Whether a source may begin one more connection.
    boolean allows(long source, Rate rate, long nowNs) {
        long set = set(source);
        long tag = tag(source);
        int way = wayOf(set, tag);
        return way == ABSENT || rate.allows(debtNs(word(set, way), rate, nowNs));
    }

    /// Notes that a source begins a connection.
    void take(long source, Rate rate, long nowNs) {
        long set = set(source);
        long tag = tag(source);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int way = wayOf(set, tag);
            boolean isThere = way != ABSENT;
            if (!isThere) {
                way = leastInDebt(set, rate, nowNs);
            }
            long judged = word(set, way);
            if (isThere != ((judged & ~TIME_MASK) == tag)) {
                continue; // another source has taken its place, or it has come in between
            }
            long debtNs = isThere ? debtNs(judged, rate, nowNs) : 0;
            long full = (nowNs + rate.debtAfter(debtNs)) >>> UNIT_SHIFT & TIME_MASK;
            if (WORDS.compareAndSet(sets, offset(set, way), judged, tag | full)) {
                return;
            }
        }
    }

    private int wayOf(long set, long tag) {
        for (int way = 0; way < WAYS; way++) {
            if ((word(set, way) & ~TIME_MASK) == tag) {
                return way;
            }
        }
        return ABSENT;
    }

    private int leastInDebt(long set, Rate rate, long nowNs) {
        int least = 0;
        long leastNs = Long.MAX_VALUE;
        for (int way = 0; way < WAYS && leastNs > 0; way++) {
            long word = word(set, way);
            long debtNs = word == 0 ? 0 : debtNs(word, rate, nowNs);
            if (debtNs < leastNs) {
                least = way;
                leastNs = debtNs;
            }
        }
        return least;
    }

    private static long debtNs(long word, Rate rate, long nowNs) {
        long units = word - (nowNs >>> UNIT_SHIFT) & TIME_MASK;
        long signed = units << (Long.SIZE - TIME_BITS) >> (Long.SIZE - TIME_BITS);
        return rate.trueDebt(signed << UNIT_SHIFT);
    }

    private long word(long set, int way) {
        return (long) WORDS.getOpaque(sets, offset(set, way));
    }

    private static long offset(long set, int way) {
        return set + (long) way * Long.BYTES;
    }

    private static long set(long source) {
        return (source & (SETS - 1)) * SET_BYTES;
    }

    /// Never 0, which is a free place.
    private static long tag(long source) {
        return (source | 1L << TIME_BITS) & ~TIME_MASK;
    }
}
