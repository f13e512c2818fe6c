package dev.homing.socket;

import dev.homing.linux.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The errors of one system call that no counter has a name for. The hot path only counts them; the
/// log, which tells the same warning once a minute, says which errno it was and how often.
///
/// One thread.
final class KernelErrors {

    private static final Logger LOG = LoggerFactory.getLogger(KernelErrors.class);

    /// The kernel's largest errno is 133 (EHWPOISON, asm-generic/errno.h).
    private static final int ERRNO_MAX = 133;

    private final String call;

    /// By errno, since the latest report.
    private final int[] met = new int[ERRNO_MAX + 1];

    private boolean isAnyNew;

    KernelErrors(String call) {
        this.call = call;
    }

    void note(int errno) {
        if (errno <= ERRNO_MAX) {
            met[errno]++;
            isAnyNew = true;
        }
    }

    /// Off the hot path: logs what is new.
    void report() {
        if (!isAnyNew) {
            return;
        }
        isAnyNew = false;
        for (int errno = 0; errno <= ERRNO_MAX; errno++) {
            if (met[errno] > 0) {
                LOG.atWarn()
                        .addKeyValue("call", call)
                        .addKeyValue("errno", Errno.describe(errno))
                        .addKeyValue("times", met[errno])
                        .log("call-failed");
                met[errno] = 0;
            }
        }
    }
}
