package dev.homing.kit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// Memory that lives until nobody reaches it any more, and knows how much of it was asked for.
public final class CountingMemory implements SegmentAllocator {

    private final Arena arena = Arena.ofAuto();
    private long bytes;

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        bytes += byteSize;
        return arena.allocate(byteSize, byteAlignment);
    }

    public long bytes() {
        return bytes;
    }
}
