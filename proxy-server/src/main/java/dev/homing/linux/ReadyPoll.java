package dev.homing.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Waits until any of a few sockets has something to receive: for threads without an event loop,
/// such as those that make load and count what arrives.
///
/// ```
/// struct pollfd { int fd; short events; short revents; }
///                 0       4             6
/// ```
///
/// One thread.
public final class ReadyPoll {

    /// bits/poll.h
    private static final short POLLIN = 1;

    private static final int SIZEOF_POLLFD = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private final Syscalls syscalls;
    private final int count;
    private final MemorySegment descriptors;

    /// @param sockets that outlive this object
    public ReadyPoll(Syscalls syscalls, List<UdpSocket> sockets) {
        this.syscalls = syscalls;
        count = sockets.size();
        descriptors = Arena.ofAuto().allocate((long) count * SIZEOF_POLLFD, Long.BYTES);
        for (int i = 0; i < count; i++) {
            long at = (long) i * SIZEOF_POLLFD;
            descriptors.set(CTypes.INT, at, sockets.get(i).fd());
            descriptors.set(CTypes.U16, at + EVENTS, POLLIN);
        }
    }

    /// @return how many sockets are ready, 0 when none became so in time, or a negated errno
    public int await(int timeoutMillis) {
        return syscalls.poll(descriptors.address(), count, timeoutMillis);
    }

    /// Whether a socket had something, or an error, when the last wait ended.
    public boolean isReady(int index) {
        return descriptors.get(CTypes.U16, (long) index * SIZEOF_POLLFD + REVENTS) != 0;
    }
}
