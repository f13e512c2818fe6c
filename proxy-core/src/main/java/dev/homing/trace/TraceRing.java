package dev.homing.trace;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The records of one thread, from who writes them to who reads them.
///
/// ```
///         tail                            head
/// | free  | record | record | ... | record | free        | filler |
///           read from here           written here          where a record would not fit before the end
/// ```
///
/// Positions only grow; their lower bits are offsets. Records are multiples of 8 octets, and none
/// is in two pieces. A record that finds no room is counted as lost: the writer never waits, and
/// what is there is not written over.
///
/// One thread writes, one thread at a time reads; any thread may ask for the counts.
public final class TraceRing {

    /// At 128 octets of each datagram some 10 000 records: at a reading every 50 ms, 200 000 of
    /// them a second.
    public static final int BYTES = 2 << 20;

    static final int ALIGNMENT = 8;

    /// The first four octets of each record: its length, or negated that of a filler.
    private static final ValueLayout.OfInt LENGTH = ValueLayout.JAVA_INT;

    private static final VarHandle HEAD = handle("head");
    private static final VarHandle TAIL = handle("tail");
    private static final VarHandle LOST = handle("lost");
    private static final VarHandle WRITTEN = handle("written");

    private final MemorySegment memory;
    private final int capacity;

    private long head;
    private long tail;
    private long lost;
    private long written;

    /// Where the record that is being written ends; the writer's.
    private long end;

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(TraceRing.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// @param allocator gives zeroed memory that costs nothing until it is touched, since most
    ///   rings are never used
    public TraceRing(SegmentAllocator allocator) {
        this(allocator, BYTES);
    }

    /// @param capacity in octets, a power of two
    TraceRing(SegmentAllocator allocator, int capacity) {
        memory = allocator.allocate(capacity, 64);
        this.capacity = capacity;
    }

    MemorySegment memory() {
        return memory;
    }

    /// The writer: makes room for a record.
    ///
    /// @return its offset in the memory, to be filled in before [#commit]; negative when there is
    ///   no room, which counts it as lost
    int reserve(int bytes) {
        int length = bytes + ALIGNMENT - 1 & -ALIGNMENT;
        long at = head;
        int offset = offset(at);
        int toEnd = capacity - offset;
        long needed = length <= toEnd ? length : toEnd + (long) length;
        if (at + needed - (long) TAIL.getAcquire(this) > capacity) {
            LOST.setRelease(this, lost + 1);
            return -1;
        }
        if (length > toEnd) {
            memory.set(LENGTH, offset, -toEnd);
            at += toEnd;
            offset = 0;
        }
        memory.set(LENGTH, offset, length);
        end = at + length;
        return offset;
    }

    /// The writer: shows the reader what was reserved last.
    void commit() {
        WRITTEN.setRelease(this, written + 1);
        HEAD.setRelease(this, end);
    }

    /// The reader: the oldest record, which stays where it is until [#release].
    ///
    /// @return whether there is one
    public boolean peek(TraceRecord into) {
        long limit = (long) HEAD.getAcquire(this);
        long at = tail;
        if (at < limit && memory.get(LENGTH, offset(at)) < 0) {
            at -= memory.get(LENGTH, offset(at));
            TAIL.setRelease(this, at);
        }
        if (at == limit) {
            return false;
        }
        into.lieAt(memory, offset(at));
        return true;
    }

    /// The reader: gives the room of the oldest record back.
    public void release() {
        TAIL.setRelease(this, tail + memory.get(LENGTH, offset(tail)));
    }

    /// The reader: forgets what is there.
    public void clear() {
        TAIL.setRelease(this, (long) HEAD.getAcquire(this));
    }

    private int offset(long position) {
        return (int) position & capacity - 1;
    }

    /// How many records there have been.
    public long written() {
        return (long) WRITTEN.getAcquire(this);
    }

    /// How many records found no room.
    public long lost() {
        return (long) LOST.getAcquire(this);
    }
}
