package dev.homing.session;

import dev.homing.hash.SipHash;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.route.LearnedIds;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// The learned connection IDs: which backend chose which. Shared by all receivers and shards;
/// reading is wait-free, writing is rare (a few times a connection) and lock-free.
///
/// A connection ID has two buckets of eight entries, by two halves of its keyed hash, and may be in
/// any of the sixteen. So a look-up that fails has read two cache lines, and deleting leaves no
/// gaps. The table fills to two thirds before it refuses the first connection ID, and to nine
/// tenths with less than one in a hundred refused; so it has a quarter more entries than it is to
/// hold connection IDs.
///
/// ```
/// bucket, 256 octets     | 8 states, 8 octets each | 8 connection IDs, 24 octets each ([ConnectionIdWords]) |
///
/// state     63 ........ 50   49 .......... 26   25 ...... 12   11 ...... 2   1      0
///           | backend + 1  | last used, in s  | generation   | hash tag    | used | ready |
///             0 = free                                                             0 while being written
/// ```
///
/// An entry is a sequence lock in one word: a writer claims it by compare-and-swap of a state that
/// is not ready and has a new generation, writes the connection ID, and releases the ready state. A
/// reader takes the connection ID for true only if generation and backend were the same before and
/// after it read it.
///
/// *used* means that a client has sent the connection ID. Entries that no client ever used live as
/// short as half-open sessions, and when a bucket is full only they are evicted.
public final class ConnectionTable implements LearnedIds {

    private static final int ENTRIES = 8;
    private static final int STATE_BYTES = 8;
    private static final int ID_BYTES = 24;
    private static final int BUCKET_BYTES = ENTRIES * (STATE_BYTES + ID_BYTES);
    private static final int IDS_OFFSET = ENTRIES * STATE_BYTES;

    /// Entries for each connection ID that the table is to hold, in quarters.
    private static final int QUARTERS = 5;

    private static final int HALF_HASH_BITS = 27;
    private static final long HALF_HASH_MASK = (1L << HALF_HASH_BITS) - 1;

    private static final long READY = 1;
    private static final long USED = 2;
    private static final int TAG_SHIFT = 2;
    private static final long TAG_BITS = 0x3ffL << TAG_SHIFT;
    private static final int GENERATION_SHIFT = 12;
    private static final long GENERATION_BITS = 0x3fffL << GENERATION_SHIFT;
    private static final int SECONDS_SHIFT = 26;
    private static final int SECONDS_MASK = 0xff_ffff;
    private static final long SECONDS_BITS = (long) SECONDS_MASK << SECONDS_SHIFT;
    private static final int BACKEND_SHIFT = 50;

    /// How often a writer that lost a race for an entry looks for another one: each loss means that
    /// another writer has won, so more would take as many writers at the same two buckets.
    private static final int ATTEMPTS = 16;

    private static final int NO_ROOM = -1;
    private static final int LOST = -2;

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
    private static final VarHandle STATE = WORD.varHandle();

    private final MemorySegment buckets;
    private final int bucketCount;
    private final SipHash hash;
    private final int idleTimeoutSeconds;
    private final int unusedTimeoutSeconds;

    /// @param capacity how many connection IDs fit with less than one in a thousand refused
    /// @param idleTimeoutSeconds how long an entry lives after a client used it
    /// @param unusedTimeoutSeconds how long an entry lives that no client has used
    public ConnectionTable(
            SegmentAllocator memory,
            int capacity,
            SipHash hash,
            int idleTimeoutSeconds,
            int unusedTimeoutSeconds) {
        bucketCount =
                (int) Math.max(2, ((long) capacity * QUARTERS + 4 * ENTRIES - 1) / (4 * ENTRIES));
        buckets = memory.allocate((long) bucketCount * BUCKET_BYTES, BUCKET_BYTES);
        this.hash = hash;
        this.idleTimeoutSeconds = idleTimeoutSeconds;
        this.unusedTimeoutSeconds = unusedTimeoutSeconds;
    }

    /// How many entries there are.
    public int entries() {
        return bucketCount * ENTRIES;
    }

    public int bucketCount() {
        return bucketCount;
    }

    @Override
    public int find(ConnectionIdWords id, int nowSeconds) {
        long idHash = hash(id);
        int backend = findIn(firstBucket(idHash), idHash, id, nowSeconds);
        return backend != UNKNOWN ? backend : findIn(secondBucket(idHash), idHash, id, nowSeconds);
    }

    private int findIn(long bucket, long idHash, ConnectionIdWords id, int nowSeconds) {
        long wanted = tag(idHash) | READY;
        for (int i = 0; i < ENTRIES; i++) {
            long state = (long) STATE.getAcquire(buckets, stateOffset(bucket, i));
            if ((state & (TAG_BITS | READY)) == wanted && isEntry(bucket, i, state, id)) {
                markUsed(stateOffset(bucket, i), state, nowSeconds);
                return backend(state);
            }
        }
        return UNKNOWN;
    }

    /// Whether a backend is known to own a connection ID. Servers with short connection IDs may
    /// choose the same one: then it has an entry for each, and the flow says which is meant.
    public boolean owns(ConnectionIdWords id, int backend) {
        long idHash = hash(id);
        return entryOf(firstBucket(idHash), idHash, id, backend) >= 0
                || entryOf(secondBucket(idHash), idHash, id, backend) >= 0;
    }

    /// Offset of the state of the entry that says that a backend owns a connection ID, or −1.
    private long entryOf(long bucket, long idHash, ConnectionIdWords id, int backend) {
        long wanted = tag(idHash) | READY;
        for (int i = 0; i < ENTRIES; i++) {
            long state = (long) STATE.getAcquire(buckets, stateOffset(bucket, i));
            if ((state & (TAG_BITS | READY)) == wanted
                    && backend(state) == backend
                    && isEntry(bucket, i, state, id)) {
                return stateOffset(bucket, i);
            }
        }
        return -1;
    }

    private boolean isEntry(long bucket, int entry, long state, ConnectionIdWords id) {
        if (backend(state) == UNKNOWN) {
            return false;
        }
        long offset = idOffset(bucket, entry);
        boolean isEqual =
                buckets.get(WORD, offset) == id.first()
                        && buckets.get(WORD, offset + 8) == id.second()
                        && buckets.get(WORD, offset + 16) == id.third();
        // The fence keeps the second read of the state behind the reads of the connection ID.
        VarHandle.acquireFence();
        long after = (long) STATE.getOpaque(buckets, stateOffset(bucket, entry));
        return isEqual && ((state ^ after) & ~(SECONDS_BITS | USED)) == 0;
    }

    /// At most one write a second and entry; a lost race means that somebody else has just done the
    /// same.
    private void markUsed(long stateOffset, long state, int nowSeconds) {
        long used = state & ~SECONDS_BITS | secondsBits(nowSeconds) | USED;
        if (used != state) {
            STATE.compareAndSet(buckets, stateOffset, state, used);
        }
    }

    /// Remembers that a backend owns a connection ID.
    ///
    /// @return whether it was new; if there was no room it is counted as refused, and not new
    public boolean learn(ConnectionIdWords id, int backend, int nowSeconds, Ledger ledger) {
        long idHash = hash(id);
        long first = firstBucket(idHash);
        long second = secondBucket(idHash);
        long known = entryOf(first, idHash, id, backend);
        if (known < 0) {
            known = entryOf(second, idHash, id, backend);
        }
        if (known >= 0) {
            refresh(known, nowSeconds);
            return false;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long bucket = freeEntries(first) >= freeEntries(second) ? first : second;
            int entry = claim(bucket, backend, nowSeconds, ledger);
            if (entry == NO_ROOM) {
                bucket = bucket == first ? second : first;
                entry = claim(bucket, backend, nowSeconds, ledger);
            }
            if (entry == NO_ROOM) {
                break;
            }
            if (entry != LOST) {
                write(bucket, entry, id, idHash);
                return true;
            }
        }
        ledger.count(Event.CONNECTION_ID_REFUSED);
        return false;
    }

    private void refresh(long stateOffset, int nowSeconds) {
        long state = (long) STATE.getOpaque(buckets, stateOffset);
        long refreshed = state & ~SECONDS_BITS | secondsBits(nowSeconds);
        if (refreshed != state) {
            STATE.compareAndSet(buckets, stateOffset, state, refreshed);
        }
    }

    private int freeEntries(long bucket) {
        int free = 0;
        for (int i = 0; i < ENTRIES; i++) {
            free +=
                    backend((long) STATE.getOpaque(buckets, stateOffset(bucket, i))) == UNKNOWN
                            ? 1
                            : 0;
        }
        return free;
    }

    /// Claims a free or expired entry, else the oldest that no client has used. The claim is made
    /// against the very state that was judged, or else a writer could evict what another one has
    /// put there in between.
    ///
    /// @return the entry, which is not ready, [#NO_ROOM] or [#LOST]
    private int claim(long bucket, int backend, int nowSeconds, Ledger ledger) {
        int room = NO_ROOM;
        long judged = 0;
        int oldestAge = -1;
        for (int i = 0; i < ENTRIES; i++) {
            long state = (long) STATE.getOpaque(buckets, stateOffset(bucket, i));
            if (backend(state) == UNKNOWN || isExpired(state, nowSeconds)) {
                room = i;
                judged = state;
                break;
            }
            if ((state & (USED | READY)) == READY && ageSeconds(state, nowSeconds) > oldestAge) {
                room = i;
                judged = state;
                oldestAge = ageSeconds(state, nowSeconds);
            }
        }
        if (room == NO_ROOM) {
            return NO_ROOM;
        }
        long claimed =
                (judged + (1L << GENERATION_SHIFT)) & GENERATION_BITS
                        | secondsBits(nowSeconds)
                        | (long) (backend + 1) << BACKEND_SHIFT;
        if (!STATE.compareAndSet(buckets, stateOffset(bucket, room), judged, claimed)) {
            return LOST;
        }
        if (backend(judged) == UNKNOWN) {
            ledger.connectionIds(1);
        }
        return room;
    }

    /// Fills in a claimed entry, which is nobody else's until it is ready.
    private void write(long bucket, int entry, ConnectionIdWords id, long idHash) {
        long stateOffset = stateOffset(bucket, entry);
        long claimed = (long) STATE.getOpaque(buckets, stateOffset);
        // The fence keeps every part of the connection ID behind the state that says "not ready": a
        // compare-and-swap alone lets later plain writes pass its own.
        VarHandle.storeStoreFence();
        long offset = idOffset(bucket, entry);
        buckets.set(WORD, offset, id.first());
        buckets.set(WORD, offset + 8, id.second());
        buckets.set(WORD, offset + 16, id.third());
        STATE.setRelease(buckets, stateOffset, claimed | tag(idHash) | READY);
    }

    /// Frees the expired entries of some buckets. Shards share the buckets among themselves.
    public void expire(int firstBucket, int count, int nowSeconds, Ledger ledger) {
        for (int bucket = firstBucket; bucket < firstBucket + count; bucket++) {
            for (int i = 0; i < ENTRIES; i++) {
                long stateOffset = stateOffset((long) bucket * BUCKET_BYTES, i);
                long state = (long) STATE.getOpaque(buckets, stateOffset);
                if (backend(state) != UNKNOWN
                        && (state & READY) != 0
                        && isExpired(state, nowSeconds)
                        && STATE.compareAndSet(
                                buckets, stateOffset, state, state & GENERATION_BITS)) {
                    ledger.connectionIds(-1);
                    ledger.count(Event.CONNECTION_ID_EXPIRED);
                }
            }
        }
    }

    private boolean isExpired(long state, int nowSeconds) {
        int timeout = (state & USED) != 0 ? idleTimeoutSeconds : unusedTimeoutSeconds;
        return (state & READY) != 0 && ageSeconds(state, nowSeconds) > timeout;
    }

    /// Threads may be a second apart: an entry of the future is new.
    private static int ageSeconds(long state, int nowSeconds) {
        int age = nowSeconds - (int) (state >>> SECONDS_SHIFT) & SECONDS_MASK;
        return age > SECONDS_MASK / 2 ? 0 : age;
    }

    private static long secondsBits(int seconds) {
        return (long) (seconds & SECONDS_MASK) << SECONDS_SHIFT;
    }

    private static int backend(long state) {
        return (int) (state >>> BACKEND_SHIFT) - 1;
    }

    /// The keyed hash of a connection ID as one among those of a flow; never 0.
    public int shortHash(ConnectionIdWords id) {
        return (int) hash(id) | 1;
    }

    private long hash(ConnectionIdWords id) {
        return hash.hash(id.first(), id.second(), id.third());
    }

    private static long tag(long idHash) {
        return idHash >>> 54 << TAG_SHIFT;
    }

    private long firstBucket(long idHash) {
        return bucket(idHash);
    }

    private long secondBucket(long idHash) {
        return bucket(idHash >>> HALF_HASH_BITS);
    }

    /// The lower half of a hash as a fraction of all buckets, whose number is no power of two.
    private long bucket(long halfHash) {
        return ((halfHash & HALF_HASH_MASK) * bucketCount >>> HALF_HASH_BITS) * BUCKET_BYTES;
    }

    private static long stateOffset(long bucket, int entry) {
        return bucket + (long) entry * STATE_BYTES;
    }

    private static long idOffset(long bucket, int entry) {
        return bucket + IDS_OFFSET + (long) entry * ID_BYTES;
    }
}
