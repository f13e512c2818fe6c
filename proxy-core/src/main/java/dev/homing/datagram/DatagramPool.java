package dev.homing.datagram;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// The slots of one thread, as a stack: the slot used last is used first, because it is still in
/// the cache.
///
/// Slots handed to another thread come home through the queue they left by. Owned by one thread.
public final class DatagramPool implements DatagramOwner {

    /// Distance between slots. A power of two would put the header of every slot in the same cache
    /// set, and a batch of 64 would evict itself; 17 cache lines more spread the headers over all
    /// sets.
    private static final long STRIDE_BYTES = Datagram.CAPACITY_BYTES + 17 * 64;

    private final Datagram[] free;
    private int available;

    /// @param memory gives zeroed memory that costs nothing until it is touched: a slot is 64 KiB,
    ///   but most datagrams use its first page only
    public DatagramPool(SegmentAllocator memory, int slotCount) {
        MemorySegment slots = memory.allocate(slotCount * STRIDE_BYTES, 64);
        free = new Datagram[slotCount];
        for (int i = slotCount - 1; i >= 0; i--) {
            free[available++] =
                    new Datagram(slots.asSlice(i * STRIDE_BYTES, Datagram.CAPACITY_BYTES), this);
        }
    }

    public int available() {
        return available;
    }

    public int capacity() {
        return free.length;
    }

    /// Only while [#available] is positive.
    public Datagram take() {
        return free[--available];
    }

    @Override
    public void release(Datagram datagram) {
        free[available++] = datagram;
    }
}
