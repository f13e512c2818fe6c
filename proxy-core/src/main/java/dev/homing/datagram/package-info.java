/// A UDP datagram on its way through Homing: a slot of memory that the kernel writes into and reads
/// out of, and the few facts that travel with it (who sent it, to which of our addresses, its ECN
/// mark, the verdict of the router).
///
/// Comes in: slots, filled by the room that calls the kernel. Goes out: the same slots, to a
/// [DatagramSink]. One owner at a time: a datagram belongs to one thread until it is handed off
/// through a queue.
@NullMarked
package dev.homing.datagram;

import org.jspecify.annotations.NullMarked;
