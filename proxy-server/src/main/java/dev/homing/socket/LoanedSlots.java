package dev.homing.socket;

import dev.homing.datagram.DatagramPool;
import dev.homing.handoff.Handoff;

/// How many slots of a thread can be with a shard at one time. A pool that has a slot for each
/// place where one can be never runs dry, and a socket is never ready without a slot to receive
/// into.
final class LoanedSlots {

    private LoanedSlots() {}

    /// In the queue, and taken out of it but not yet sent. Those on their way home are reclaimed
    /// before each receive call.
    static int perShard(int queueCapacity) {
        return queueCapacity + SendQueue.CAPACITY;
    }

    static void check(DatagramPool pool, int own, Handoff[] lent) {
        int needed = own;
        for (Handoff handoff : lent) {
            needed += perShard(handoff.capacity());
        }
        if (pool.capacity() < needed) {
            throw new IllegalArgumentException(
                    "a pool of " + pool.capacity() + " slots where " + needed + " may be in use");
        }
    }
}
