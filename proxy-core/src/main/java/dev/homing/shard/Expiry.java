package dev.homing.shard;

import dev.homing.ledger.Ledger;
import dev.homing.session.ConnectionTable;
import dev.homing.session.SessionTable;

/// Forgets what is idle, a little at a time: ten times a second, some sessions of this shard and
/// this shard's part of the shared table of connection IDs, so that all of that is looked at once
/// in ten seconds.
///
/// The shard's thread.
public final class Expiry {

    private static final long STEP_NS = 100_000_000L;
    private static final int STEPS_PER_ROUND = 100;

    private final SessionTable sessions;
    private final ConnectionTable connections;
    private final Ledger ledger;
    private final int firstBucket;
    private final int endBucket;
    private final int bucketsPerStep;
    private int nextBucket;
    private long nextStepNs = Long.MIN_VALUE;

    /// @param shard index of this shard among so many
    public Expiry(
            SessionTable sessions,
            ConnectionTable connections,
            Ledger ledger,
            int shard,
            int shards) {
        this.sessions = sessions;
        this.connections = connections;
        this.ledger = ledger;
        firstBucket = (int) ((long) connections.bucketCount() * shard / shards);
        endBucket = (int) ((long) connections.bucketCount() * (shard + 1) / shards);
        bucketsPerStep = (endBucket - firstBucket + STEPS_PER_ROUND - 1) / STEPS_PER_ROUND;
        nextBucket = firstBucket;
    }

    /// Called at every turn; does something only when a step is due.
    void expire(long nowNs, int nowSeconds) {
        if (nextStepNs != Long.MIN_VALUE && nowNs - nextStepNs < 0) {
            return;
        }
        nextStepNs = nowNs + STEP_NS;
        sessions.expire(nowSeconds);
        int count = Math.min(bucketsPerStep, endBucket - nextBucket);
        connections.expire(nextBucket, count, nowSeconds, ledger);
        nextBucket = nextBucket + count == endBucket ? firstBucket : nextBucket + count;
    }
}
