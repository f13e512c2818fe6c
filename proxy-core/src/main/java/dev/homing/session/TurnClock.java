package dev.homing.session;

import java.util.concurrent.atomic.AtomicInteger;

/// Seconds since Homing started, as of the latest turn of any shard, so that nobody asks the system
/// for the time because of a datagram. Shards turn at least ten times a second.
///
/// Any shard writes, any thread reads.
public final class TurnClock {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long startNs;
    private final AtomicInteger seconds = new AtomicInteger();

    /// @param startNs as of System.nanoTime()
    public TurnClock(long startNs) {
        this.startNs = startNs;
    }

    /// @param nowNs as of System.nanoTime()
    /// @return the seconds, now
    public int advance(long nowNs) {
        int now = (int) ((nowNs - startNs) / NANOS_PER_SECOND);
        // Two shards may race here with values that differ by one: opaque, since a second more or
        // less harms nobody.
        if (now != seconds()) {
            seconds.setOpaque(now);
        }
        return now;
    }

    public int seconds() {
        return seconds.getOpaque();
    }
}
