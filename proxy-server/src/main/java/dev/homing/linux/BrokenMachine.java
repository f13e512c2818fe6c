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

    /// For what has no errno.
    public BrokenMachine(String sentence) {
        super(sentence);
        this.errno = 0;
    }

    /// For what has no errno.
    public BrokenMachine(String sentence, Throwable cause) {
        super(sentence, cause);
        this.errno = 0;
    }

    /// 0 when the kernel did not say.
    public int errno() {
        return errno;
    }
}
