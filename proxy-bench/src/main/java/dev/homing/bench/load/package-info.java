/// Load: who sends, who counts what arrives, and how the two processes are spoken to.
///
/// A [dev.homing.bench.load.Station] is a process of its own. One stands where the clients are, one
/// where the backends are; either can send at a rate and count what arrives. The sockets are those
/// of Homing's own room `linux`. **Thread:** in a station, one that sends, one that receives, and
/// main, which reads commands.
@NullMarked
package dev.homing.bench.load;

import org.jspecify.annotations.NullMarked;
