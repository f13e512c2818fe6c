package dev.homing.control.health;

/// Up until so many probes in a row have failed, down until so many in a row have not.
///
/// One thread.
final class RiseAndFall {

    private int rise;
    private int fall;
    private boolean isUp = true;
    private boolean isDecided;

    /// How many in a row have spoken against what holds.
    private int against;

    RiseAndFall(int rise, int fall) {
        this.rise = rise;
        this.fall = fall;
    }

    /// Other thresholds from now on.
    void take(int newRise, int newFall) {
        rise = newRise;
        fall = newFall;
    }

    /// @return whether this one turned it
    boolean note(boolean isGood) {
        if (isGood == isUp) {
            against = 0;
            isDecided |= isGood;
            return false;
        }
        if (++against < (isUp ? fall : rise)) {
            return false;
        }
        isUp = !isUp;
        isDecided = true;
        against = 0;
        return true;
    }

    boolean isUp() {
        return isUp;
    }

    /// Whether the next ones had better come soon: nothing is known yet, or the last one spoke
    /// against what holds.
    boolean isPending() {
        return !isDecided || against > 0;
    }
}
