package dev.homing.session;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/// From a hash to the numbers that have it: open addressing with linear probing, at most half full,
/// and deletion that moves the followers up, so that there are no tombstones.
///
/// ```
/// slot    | hash, lower 32 bits | number + 1, 0 when free |
/// ```
///
/// Whether a number is the one meant is for the caller to say, who knows the key. Owned by one
/// shard.
final class HashIndex {

    static final int END = -1;

    private static final ValueLayout.OfLong SLOT = ValueLayout.JAVA_LONG;

    private final MemorySegment slots;
    private final int mask;

    HashIndex(SegmentAllocator memory, int capacity) {
        int count = Integer.highestOneBit(Math.max(1, capacity - 1)) << 2;
        slots = memory.allocate((long) count * Long.BYTES, Long.BYTES);
        mask = count - 1;
    }

    /// The first slot whose number may be the one meant, or [#END].
    int first(long hash) {
        return probe((int) hash & mask, (int) hash);
    }

    /// The next such slot after one.
    int next(int slot, long hash) {
        return probe(slot + 1 & mask, (int) hash);
    }

    private int probe(int from, int hash) {
        int slot = from;
        long content;
        while ((content = content(slot)) != 0) {
            if ((int) (content >>> 32) == hash) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return END;
    }

    int number(int slot) {
        return (int) content(slot) - 1;
    }

    void add(long hash, int number) {
        int slot = (int) hash & mask;
        while (content(slot) != 0) {
            slot = slot + 1 & mask;
        }
        set(slot, hash, number);
    }

    void replace(int slot, long hash, int number) {
        set(slot, hash, number);
    }

    /// Frees a slot; every follower that may no longer be found past the gap moves into it (Knuth,
    /// TAOCP 6.4, R).
    void remove(int slot) {
        int gap = slot;
        int follower = slot;
        while (true) {
            follower = follower + 1 & mask;
            long content = content(follower);
            if (content == 0) {
                break;
            }
            int home = (int) (content >>> 32) & mask;
            if ((follower - home & mask) >= (follower - gap & mask)) {
                slots.setAtIndex(SLOT, gap, content);
                gap = follower;
            }
        }
        slots.setAtIndex(SLOT, gap, 0);
    }

    private long content(int slot) {
        return slots.getAtIndex(SLOT, slot);
    }

    private void set(int slot, long hash, int number) {
        slots.setAtIndex(SLOT, slot, hash << 32 | Integer.toUnsignedLong(number + 1));
    }
}
