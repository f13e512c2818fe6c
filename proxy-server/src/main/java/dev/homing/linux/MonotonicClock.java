package dev.homing.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// CLOCK_MONOTONIC as other processes read it; `System.nanoTime()` may count from anywhere.
public final class MonotonicClock {

    // bits/time.h
    private static final int CLOCK_MONOTONIC = 1;

    /// ```
    /// struct timespec { time_t tv_sec; long tv_nsec }
    /// ```
    private static final long SIZEOF_TIMESPEC = 16;

    private static final long TV_NSEC = 8;

    private MonotonicClock() {}

    /// Off the hot path.
    public static long microseconds() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(SIZEOF_TIMESPEC, Long.BYTES);
            int result = new Syscalls().clockGettime(CLOCK_MONOTONIC, time.address());
            if (result < 0) {
                throw new BrokenMachine(
                        "clock_gettime", -result, "allow the call in the seccomp profile");
            }
            return time.get(CTypes.WORD, 0) * 1_000_000 + time.get(CTypes.WORD, TV_NSEC) / 1_000;
        }
    }
}
