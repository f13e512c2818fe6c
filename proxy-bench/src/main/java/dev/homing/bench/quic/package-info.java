/// Real QUIC: Netty's clients and servers on both sides of a subject, and what they get through it.
///
/// ```
/// QuicRun ── rounds ──► QuicTrial ── a command a line ──► QuicStation (clients: Handshakes, Bulk, Moves)
///                       reads the subject's CPU time      QuicStation (servers)
/// ```
///
/// Comes in: a [dev.homing.bench.quic.QuicLoad], and subjects. Goes out: a section of the report
/// for each load. Clients and servers are those of `homing demo`, which compare every octet.
/// **Thread:** in a station, main and one event loop; here one.
@NullMarked
package dev.homing.bench.quic;

import org.jspecify.annotations.NullMarked;
