package dev.homing.datagram;

import dev.homing.hash.SipHash;

/// The keyed hash of a flow: the client's address and port, and the local address and listener that
/// it writes to. It picks the shard (upper bits) and the place in that shard's session index (lower
/// bits).
///
/// Immutable; any thread.
public final class FlowHash {

    private final SipHash hash;

    public FlowHash(SipHash hash) {
        this.hash = hash;
    }

    /// Of a datagram as received from a client.
    public long of(Datagram datagram) {
        Address client = datagram.peer();
        Address local = datagram.local();
        return hash.hash(
                client.high(),
                client.low(),
                local.high(),
                local.low(),
                (long) client.port() << 32 | (long) datagram.listener() << 16);
    }

    /// Which of so many shards owns the flow.
    public static int shard(long flowHash, int shards) {
        return (int) Math.unsignedMultiplyHigh(flowHash, shards);
    }
}
