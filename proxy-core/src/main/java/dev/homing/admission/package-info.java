/// What may begin a connection, and how often: checks of a first packet, and limits of new
/// connections a second in all, for each backend, and for each address and network that they come
/// from.
///
/// Comes in: the first datagram of what would be a new connection, and the rules that the control
/// plane publishes. Goes out: the reason to drop it, or none. What belongs to a connection that is
/// known never comes here. The shards share the counts; none of them waits for another.
@NullMarked
package dev.homing.admission;

import org.jspecify.annotations.NullMarked;
