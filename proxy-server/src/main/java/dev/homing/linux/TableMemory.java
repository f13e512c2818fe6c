package dev.homing.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;

/// Memory for large tables that are looked into at random: small pages at first, so that a table
/// costs what is used of it, and huge ones when it is full enough to profit by them.
///
/// Any thread, one at a time.
public final class TableMemory implements SegmentAllocator {

    /// asm-generic/mman-common.h
    private static final int MADV_HUGEPAGE = 14;

    private final Syscalls syscalls = new Syscalls();
    private final PageMemory pages = new PageMemory();
    private final List<MemorySegment> tables = new ArrayList<>();

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        MemorySegment table = pages.allocate(byteSize, byteAlignment);
        tables.add(table);
        return table;
    }

    /// Lets the kernel join small pages to huge ones from now on. It does so in a thread of its own
    /// (khugepaged), a few at a time; the call itself only sets a flag. Where
    /// /sys/kernel/mm/transparent_hugepage/enabled says never, nothing changes.
    public void joinPages() {
        for (MemorySegment table : tables) {
            // A kernel that has no huge pages says EINVAL: then these stay as they are.
            int ignored = syscalls.madvise(table.address(), table.byteSize(), MADV_HUGEPAGE);
            assert ignored == 0 || ignored == -Errno.EINVAL;
        }
    }

    /// The tables, for what wants to know how much of them is in memory.
    public List<MemorySegment> tables() {
        return List.copyOf(tables);
    }
}
