package dev.homing.control.health;

/// Whether so few backends of a pool are up that it is better to use all of them: then what is
/// wrong is more probably the network or the probe than most of the servers, and the few that are
/// left would get more than they can take.
public final class Panic {

    private static final int PERCENT = 100;

    private Panic() {}

    /// @param up how many of them are up
    /// @param all backends that would take new connections if they were
    /// @param thresholdPercent below this share all are used; 0 for never
    public static boolean isDue(int up, int all, int thresholdPercent) {
        return all > 0 && (long) up * PERCENT < (long) all * thresholdPercent;
    }
}
