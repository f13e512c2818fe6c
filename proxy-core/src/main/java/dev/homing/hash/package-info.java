/// The keyed hash. Flows and connection IDs are chosen by strangers, so every table that holds
/// them, and every choice of a shard or a backend, goes through a hash whose key strangers do not
/// know.
///
/// Comes in: machine words. Goes out: 64 uniformly distributed bits. Any thread: the hash has no
/// state but its key.
@NullMarked
package dev.homing.hash;

import org.jspecify.annotations.NullMarked;
