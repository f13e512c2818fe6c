package dev.homing.control.health;

/// How long a backend sits out that was found silent, and nobody can ask whether it is back: twice
/// as long each time, until it has answered somebody.
///
/// One thread.
final class Bench {

    private static final long FIRST_NS = 30_000_000_000L;
    private static final long LONGEST_NS = 300_000_000_000L;

    private long nextNs = FIRST_NS;
    private long untilNs;
    private boolean isTaken;

    void take(long nowNs) {
        isTaken = true;
        untilNs = nowNs + nextNs;
        nextNs = Math.min(2 * nextNs, LONGEST_NS);
    }

    boolean isTaken() {
        return isTaken;
    }

    /// @return whether it has just been left because its time is over
    boolean leaveIfDue(long nowNs) {
        boolean isDue = isTaken && untilNs - nowNs <= 0;
        isTaken &= !isDue;
        return isDue;
    }

    /// The backend has answered.
    void forget() {
        isTaken = false;
        nextNs = FIRST_NS;
    }
}
