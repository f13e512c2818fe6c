package dev.homing.bench.load;

/// When each burst is to be sent. Open-loop: what was sent, or answered, changes nothing, so that a
/// proxy that stops for a while is charged with all that should have been sent meanwhile.
///
/// @param startNanos of System.nanoTime, when the first burst is due
/// @param rate datagrams a second
/// @param burst datagrams that are due together
public record RateSchedule(long startNanos, double rate, int burst) {

    private static final double SECOND = 1e9;

    public RateSchedule {
        if (rate <= 0 || burst <= 0) {
            throw new IllegalArgumentException("rate " + rate + ", burst " + burst);
        }
    }

    public long dueNanos(long index) {
        return startNanos + (long) (index * (burst * SECOND / rate));
    }

    /// How many bursts are due within a time.
    public static long bursts(double rate, int burst, double seconds) {
        return Math.max(1, Math.round(rate * seconds / burst));
    }
}
