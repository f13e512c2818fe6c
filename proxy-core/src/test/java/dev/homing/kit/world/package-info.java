/// A world round a [dev.homing.kit.Machine]: model clients and model servers that speak QUIC as far
/// as headers go and know whom they speak with, and a network with dials.
///
/// Comes in: a test's wishes. Goes out: failures, when a datagram is not where it belongs. One
/// thread, time by hand.
@NullMarked
package dev.homing.kit.world;

import org.jspecify.annotations.NullMarked;
