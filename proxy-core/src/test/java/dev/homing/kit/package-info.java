/// What the tests build with: packets, seeds, memory that counts, and a world of model clients,
/// model servers and a network with dials round real receivers and shards.
///
/// Comes in: a test's wishes. Goes out: what the core did with them. One thread, time by hand.
@NullMarked
package dev.homing.kit;

import org.jspecify.annotations.NullMarked;
