package dev.homing.admission;

/// How many new connections a second there may be, as a token bucket that is told by one time: when
/// it will be full again. (As the generic cell rate algorithm of ATM has it, ITU-T I.371: the
/// theoretical arrival time.)
///
/// ```
///            now                    full again
///  ───────────┼──────── debt ───────────┼─────►  time
///             │ ◄──────────── burst ──────────────► │
/// ```
///
/// Each connection puts off the time by an interval, and is taken if the debt is a burst at most
/// then. Times and debts are in nanoseconds.
///
/// @param perSecond 0 for no limit
/// @param burstNs how long a bucket saves up: it holds what its rate allows in this time; a second
///   or more
public record Rate(int perSecond, long burstNs) {

    public static final Rate UNLIMITED = new Rate(0, 0);

    private static final long SECOND_NS = 1_000_000_000L;

    public Rate {
        if (perSecond != 0 && burstNs < SECOND_NS) {
            throw new IllegalArgumentException("a bucket for less than one connection: " + burstNs);
        }
    }

    public boolean isLimited() {
        return perSecond != 0;
    }

    long intervalNs() {
        return (SECOND_NS + perSecond / 2) / perSecond;
    }

    /// Whether one more connection may begin.
    boolean allows(long debtNs) {
        return debtNs + intervalNs() <= burstNs;
    }

    /// The debt after one more connection. It never grows beyond a burst, when several threads take
    /// the last connection at once.
    long debtAfter(long debtNs) {
        return Math.min(debtNs + intervalNs(), burstNs);
    }

    /// The debt that a bucket has in truth. Threads do not agree on the time to the nanosecond, so
    /// it may look a little greater than a burst; what looks like twice as much is none: it was
    /// noted by another rule, or so long ago that the time has come round.
    long trueDebt(long debtNs) {
        return debtNs < 0 || debtNs > 2 * burstNs ? 0 : debtNs;
    }
}
