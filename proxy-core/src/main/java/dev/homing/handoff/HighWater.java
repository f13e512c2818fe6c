package dev.homing.handoff;

/// The greatest depth of the last one to two minutes.
///
/// ```
/// | the minute before | this minute so far |
/// | before            | here               |
/// ```
///
/// One thread writes, any reads.
final class HighWater {

    private static final long WINDOW_NS = 60_000_000_000L;

    private volatile int before;
    private volatile int here;

    // The writer's only.
    private long sinceNs;
    private boolean isStarted;

    /// @param nowNs as of System.nanoTime()
    void note(int depth, long nowNs) {
        if (!isStarted || nowNs - sinceNs >= WINDOW_NS) {
            before = isStarted && nowNs - sinceNs < 2 * WINDOW_NS ? here : 0;
            here = 0;
            sinceNs = nowNs;
            isStarted = true;
        }
        if (depth > here) {
            here = depth;
        }
    }

    int greatest() {
        // In this order: what leaves one window in between is in the other already.
        int latest = here;
        return Math.max(latest, before);
    }
}
