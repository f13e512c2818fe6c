/// What the tests build with: packets, seeds, memory that counts, and real receivers and shards
/// without sockets.
///
/// Comes in: a test's wishes. Goes out: what the core did with them. Time by hand.
@NullMarked
package dev.homing.kit;

import org.jspecify.annotations.NullMarked;
