package dev.homing.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;

/// On which CPUs the calling thread may run.
public final class CpuAffinity {

    /// As many bits as CPUs that Linux can be built for (CONFIG_NR_CPUS): a mask that is shorter
    /// than the kernel's own is refused (sched_getaffinity(2), EINVAL).
    private static final long MASK_BYTES = 1024;

    /// sched_setaffinity(2): the calling thread.
    private static final int SELF = 0;

    private CpuAffinity() {}

    /// By number, as in /proc/cpuinfo.
    public static BitSet allowed() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            int result = new Syscalls().schedGetaffinity(SELF, MASK_BYTES, mask.address());
            if (result < 0) {
                throw new BrokenMachine(
                        "sched_getaffinity", -result, "allow the call in the seccomp profile");
            }
            return BitSet.valueOf(mask.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /// From now on the calling thread runs on this CPU only.
    public static void pin(int cpu) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            mask.set(ValueLayout.JAVA_BYTE, cpu / 8, (byte) (1 << cpu % 8));
            int result = new Syscalls().schedSetaffinity(SELF, MASK_BYTES, mask.address());
            if (result < 0) {
                throw new BrokenMachine(
                        "sched_setaffinity to CPU " + cpu,
                        -result,
                        "choose CPUs that are online and in the process's cpuset for threads.cpus, or"
                                + " allow the call in the seccomp profile");
            }
        }
    }
}
