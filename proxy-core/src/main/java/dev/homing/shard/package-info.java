/// One forwarding worker and all that it owns: its sessions, its source tuples, both paths. It has
/// no thread of its own: somebody else's loop calls [Shard#turn].
///
/// Comes in: hand-offs from receivers, datagrams from backends, the published routing table. Goes
/// out: datagrams, to sinks. One thread a shard, from its making to its end.
@NullMarked
package dev.homing.shard;

import org.jspecify.annotations.NullMarked;
