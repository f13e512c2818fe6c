package dev.homing.ledger;

/// What is counted by size, in buckets whose bounds double.
///
/// ```
/// bucket   0            1             ...   bounds − 1            bounds
/// | up to smallest | up to 2 smallest | ... | up to the greatest | whatever is greater |
/// ```
public enum Histogram {
    /// Datagrams that one receive call gave, if it gave any; those of a train each by itself. A
    /// call has 64 slots, and a train 64 datagrams.
    RECEIVE_BATCH(1, 13),
    /// Datagrams that one send call took, in the same way. A train has 128 here at most.
    SEND_BATCH(1, 14),
    /// Datagrams of a train as received; 1 for one that came by itself.
    TRAIN(1, 8),
    /// Nanoseconds between a receive call's return and the turn of the shard that takes a datagram
    /// out of its queue; of one datagram a turn and queue. From a microsecond to a second.
    HANDOFF_WAIT(1_000, 21),
    /// Nanoseconds between a receive call's return and that of the send call for the same datagram,
    /// by the side it was received from; of one datagram a flush at most.
    FORWARD(1_000, 21);

    private final long smallest;
    private final int bounds;

    Histogram(long smallest, int bounds) {
        this.smallest = smallest;
        this.bounds = bounds;
    }

    /// How many bounds there are; there is one bucket more.
    public int bounds() {
        return bounds;
    }

    /// The greatest value of a bucket.
    ///
    /// @param bucket 0 to [#bounds], exclusive: what is in the last bucket has no bound
    public long bound(int bucket) {
        return smallest << bucket;
    }

    /// The bucket of a value; of all that are not positive, the first one.
    int bucket(long value) {
        if (value <= smallest) {
            return 0;
        }
        return Math.min(bounds, Long.SIZE - Long.numberOfLeadingZeros((value - 1) / smallest));
    }
}
