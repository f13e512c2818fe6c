/// Sockets on Netty's epoll loops, around the core's shards: what receives, and what sends.
///
/// Comes in: datagrams from the network. Goes out: those of clients to the relay's Intake, those of
/// backends to the Shard, and what both leave to be sent, to the network. A
/// [dev.homing.socket.ReceiverLoop] and a [dev.homing.socket.ShardLoop] is one thread each; all
/// that belongs to a loop is used by its thread only, but for what is said to be for the wiring
/// thread (opening, starting, stopping) or for any.
@NullMarked
package dev.homing.socket;

import org.jspecify.annotations.NullMarked;
