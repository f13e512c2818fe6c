package dev.homing.socket;

import dev.homing.linux.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The errors of one system call that no counter has a name for. Each errno is logged once; the hot
/// path only takes note of it.
///
/// One thread.
final class KernelErrors {

    private static final Logger LOG = LoggerFactory.getLogger(KernelErrors.class);

    /// The kernel's largest errno is 133 (EHWPOISON, asm-generic/errno.h).
    private static final int WORDS = 3;

    private final String call;
    private final long[] met = new long[WORDS];
    private final long[] reported = new long[WORDS];

    KernelErrors(String call) {
        this.call = call;
    }

    void note(int errno) {
        if (errno < WORDS * Long.SIZE) {
            met[errno / Long.SIZE] |= 1L << errno;
        }
    }

    /// Off the hot path: logs what is new.
    void report() {
        for (int i = 0; i < WORDS; i++) {
            long fresh = met[i] & ~reported[i];
            reported[i] |= fresh;
            while (fresh != 0) {
                int errno = i * Long.SIZE + Long.numberOfTrailingZeros(fresh);
                LOG.atWarn()
                        .addKeyValue("call", call)
                        .addKeyValue("errno", Errno.describe(errno))
                        .log("call-failed");
                fresh &= fresh - 1;
            }
        }
    }
}
