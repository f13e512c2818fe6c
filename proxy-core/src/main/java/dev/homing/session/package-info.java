/// What Homing remembers: the sessions of each shard, the source tuples that they use toward
/// backends, and the connection IDs that all threads share.
///
/// Comes in: flows, source tuples, connection IDs. Goes out: the session or the backend that they
/// belong to. [ConnectionTable] and [TurnClock] are shared by all threads; everything else is owned
/// by one shard.
///
/// All tables take their memory once, as much as their configured maximum needs, from an allocator
/// whose pages cost nothing until they are touched. So they never grow, move, or stop to rehash.
/// What has no maximum to begin with, the source tuples that rest, grows in pieces.
@NullMarked
package dev.homing.session;

import org.jspecify.annotations.NullMarked;
