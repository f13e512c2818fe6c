package dev.homing.handoff;

import dev.homing.datagram.Datagram;

/// How a receiver gives datagrams to one shard: through a queue, or directly when the shard
/// receives for itself. The receiver's thread only.
public interface ShardDoor {

    /// False when there is no room: the datagram stays the caller's.
    boolean offer(Datagram datagram);

    /// Once after each batch, so that the shard is woken at most once for all of it.
    void signal();
}
