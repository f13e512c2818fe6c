package dev.homing.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Asks the kernel for the memory of sockets (SO_MEMINFO in socket(7), Linux 4.12), any number of
/// them one after the other.
///
/// ```
/// linux/sock_diag.h, nine unsigned numbers of 32 bits:
/// | rmem_alloc | rcvbuf | wmem_alloc | sndbuf | fwd_alloc | wmem_queued | optmem | backlog | drops |
/// | octets     | octets |                                                                  | wraps |
/// ```
///
/// One thread.
public final class SocketMemoryReader {

    // asm-generic/socket.h
    private static final int SOL_SOCKET = 1;
    private static final int SO_MEMINFO = 55;

    private static final int BYTES = 9 * Integer.BYTES;
    private static final long RMEM_ALLOC = 0;
    private static final long RCVBUF = Integer.BYTES;
    private static final long DROPS = 8 * Integer.BYTES;

    private final Syscalls syscalls = new Syscalls();
    private final MemorySegment numbers = Arena.ofAuto().allocate(BYTES, Integer.BYTES);
    private final MemorySegment length = Arena.ofAuto().allocate(CTypes.INT);

    /// Reads those of a socket, for the methods below to tell.
    ///
    /// @return whether the kernel told: a network stack in user space that stands before it may not
    boolean read(int fd) {
        length.set(CTypes.INT, 0, BYTES);
        return syscalls.getsockopt(fd, SOL_SOCKET, SO_MEMINFO, numbers.address(), length.address())
                >= 0;
    }

    long queueBytes() {
        return Integer.toUnsignedLong(numbers.get(CTypes.INT, RMEM_ALLOC));
    }

    long limitBytes() {
        return Integer.toUnsignedLong(numbers.get(CTypes.INT, RCVBUF));
    }

    /// Of 32 bits: begins again at 0 when they are used up.
    int drops() {
        return numbers.get(CTypes.INT, DROPS);
    }
}
