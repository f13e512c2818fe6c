/// The three stretches of a datagram's way: [Intake] from the listening socket to the shard,
/// [ForwardPath] from the shard to the backend, [ReturnPath] from the backend to the client.
///
/// Comes in: datagrams, each with an owner. Goes out: the same datagrams, to a queue or a sink, or
/// to their pool with a drop reason in the ledger. Intake runs on a receiver's thread, the other
/// two on the shard's.
@NullMarked
package dev.homing.relay;

import org.jspecify.annotations.NullMarked;
