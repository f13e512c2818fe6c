package dev.homing.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/// Memory in whole pages from the kernel, for as long as the process lives.
///
/// A page is zeroed by the kernel, and begins to cost memory, when it is first touched: a slot has
/// room for 64 KiB, but most datagrams use its first page only. Any thread, one at a time.
public final class PageMemory implements SegmentAllocator {

    /// The smallest page of any machine that Homing runs on; a mapping begins at a page.
    private static final long MAX_ALIGNMENT = 4096;

    // bits/mman-linux.h and asm-generic/mman-common.h
    private static final int PROT_READ = 0x1;
    private static final int PROT_WRITE = 0x2;
    private static final int MAP_PRIVATE = 0x02;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_NORESERVE = 0x4000;
    private static final int MADV_NOHUGEPAGE = 15;

    private final Syscalls syscalls = new Syscalls();

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        if (byteAlignment > MAX_ALIGNMENT) {
            throw new IllegalArgumentException("no alignment of " + byteAlignment);
        }
        long address =
                syscalls.mmap(
                        Math.max(1, byteSize), // mmap(2): EINVAL when length is 0
                        PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE);
        if (address < 0) {
            throw new BrokenMachine(
                    "mmap of " + byteSize + " bytes",
                    (int) -address,
                    "give the process more memory, or lower queues.capacity and sessions.max");
        }
        // A huge page would be paid for in full at the first touch of any of its 30 slots. A kernel
        // that has none says EINVAL, and has done what was asked.
        int ignored = syscalls.madvise(address, byteSize, MADV_NOHUGEPAGE);
        assert ignored == 0 || ignored == -Errno.EINVAL;
        return segment(address, byteSize);
    }

    @SuppressWarnings("restricted") // the mapping has that size, and is never unmapped
    private static MemorySegment segment(long address, long byteSize) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize);
    }
}
