/// Where datagrams change threads: bounded queues from a receiver to a shard, and back for the
/// empty slots.
///
/// Comes in: routed datagrams, from one receiver. Goes out: the same, to one shard, in the same
/// order.
@NullMarked
package dev.homing.handoff;

import org.jspecify.annotations.NullMarked;
