package dev.homing.linux;

/// The kernel refused what Homing cannot do without. The sentence names the call, the errno and the
/// remedy.
///
/// Thrown while sockets and memory are set up, never for a datagram.
public final class BrokenMachine extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int errno;

    public BrokenMachine(String call, int errno, String remedy) {
        super(call + " failed with " + Errno.describe(errno) + ": " + remedy);
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }
}
