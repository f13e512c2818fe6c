package dev.homing.shard;

import dev.homing.ledger.Ledger;
import dev.homing.session.ConnectionTable;
import dev.homing.session.SessionTable;

/// Forgets what is idle, a little in each turn: some sessions of this shard whose time has come,
/// and some of this shard's part of the shared table of connection IDs, all of which is looked at
/// once in ten seconds.
///
/// No turn does more than a fixed amount of this, however much is due: a million sessions that have
/// been idle since the same moment are forgotten in as many turns as it takes, with datagrams
/// forwarded in between. The shard's thread.
public final class Expiry {

    /// Of sessions, of each state. Closing one takes a few cache misses, less than a microsecond.
    static final int LOOKS_PER_TURN = 64;

    /// Of connection IDs: a cache line each.
    static final int BUCKETS_PER_TURN = 128;

    private static final long ROUND_NS = 10_000_000_000L;

    private final SessionTable sessions;
    private final ConnectionTable connections;
    private final Ledger ledger;
    private final int firstBucket;
    private final int endBucket;
    private final long nsPerBucket;
    private int nextBucket;

    /// When the next bucket is due, as of System.nanoTime().
    private long nextBucketNs;

    private boolean isStarted;

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
        nsPerBucket = ROUND_NS / Math.max(1, endBucket - firstBucket);
        nextBucket = firstBucket;
    }

    /// Called at every turn.
    ///
    /// @return whether something is left that is due
    boolean expire(long nowNs, int nowSeconds) {
        boolean isMoreOfSessions = sessions.expire(nowSeconds, LOOKS_PER_TURN);
        return expireConnectionIds(nowNs, nowSeconds) || isMoreOfSessions;
    }

    private boolean expireConnectionIds(long nowNs, int nowSeconds) {
        if (!isStarted || nowNs - nextBucketNs > ROUND_NS) {
            isStarted = true;
            nextBucketNs = nowNs; // what a suspended machine has missed is not made up for
        }
        int looks = 0;
        while (looks < BUCKETS_PER_TURN && nowNs - nextBucketNs >= 0 && firstBucket < endBucket) {
            connections.expire(nextBucket, 1, nowSeconds, ledger);
            nextBucket = nextBucket + 1 == endBucket ? firstBucket : nextBucket + 1;
            nextBucketNs += nsPerBucket;
            looks++;
        }
        return looks == BUCKETS_PER_TURN;
    }
}
