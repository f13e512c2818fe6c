package dev.homing.control.health;

/// How long a backend sits out that was found silent, and nobody can ask whether it is back: twice
/// as long each time, until it has answered somebody.
///
/// One thread.
final class Suspension {

    private static final long FIRST_NS = 30_000_000_000L;
    private static final long LONGEST_NS = 300_000_000_000L;

    private long nextNs = FIRST_NS;
    private long untilNs;
    private boolean isOn;

    void begin(long nowNs) {
        isOn = true;
        untilNs = nowNs + nextNs;
        nextNs = Math.min(2 * nextNs, LONGEST_NS);
    }

    boolean isOn() {
        return isOn;
    }

    /// @return whether it has just ended because its time is over
    boolean endIfDue(long nowNs) {
        boolean isDue = isOn && untilNs - nowNs <= 0;
        isOn &= !isDue;
        return isDue;
    }

    /// The backend has answered.
    void forget() {
        isOn = false;
        nextNs = FIRST_NS;
    }
}
