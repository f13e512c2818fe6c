package dev.homing.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// How many files, and so sockets, the process may have open (RLIMIT_NOFILE).
///
/// @param soft what holds now
/// @param hard how far the process may raise it by itself
public record OpenFiles(long soft, long hard) {

    /// asm-generic/resource.h
    private static final int RLIMIT_NOFILE = 7;

    /// ```
    /// struct rlimit { rlim_t rlim_cur; rlim_t rlim_max; }
    /// ```
    private static final long SIZEOF_RLIMIT = 16;

    private static final long RLIM_MAX = 8;

    public static OpenFiles limit() {
        try (Arena arena = Arena.ofConfined()) {
            return read(new Syscalls(), arena.allocate(SIZEOF_RLIMIT, Long.BYTES));
        }
    }

    /// Raises the soft limit to the hard one, which needs no privilege, and says what holds then.
    public static OpenFiles raise() {
        try (Arena arena = Arena.ofConfined()) {
            Syscalls syscalls = new Syscalls();
            MemorySegment rlimit = arena.allocate(SIZEOF_RLIMIT, Long.BYTES);
            OpenFiles limit = read(syscalls, rlimit);
            rlimit.set(CTypes.WORD, 0, limit.hard);
            int result = syscalls.setrlimit(RLIMIT_NOFILE, rlimit.address());
            // A sandbox may forbid it; the limit that holds is then the answer.
            return result == 0 ? read(syscalls, rlimit) : limit;
        }
    }

    private static OpenFiles read(Syscalls syscalls, MemorySegment rlimit) {
        int result = syscalls.getrlimit(RLIMIT_NOFILE, rlimit.address());
        if (result < 0) {
            throw new BrokenMachine("getrlimit", -result, "allow the call in the seccomp profile");
        }
        return new OpenFiles(unsigned(rlimit, 0), unsigned(rlimit, RLIM_MAX));
    }

    /// RLIM_INFINITY is all ones: no limit.
    private static long unsigned(MemorySegment rlimit, long offset) {
        long value = rlimit.get(CTypes.WORD, offset);
        return value < 0 ? Long.MAX_VALUE : value;
    }
}
