/// What the demonstration's clients and servers share: what they say, the bytes they transfer, the
/// certificate they believe, and event loops with UDP sockets.
///
/// - **What for:** both ends of a transfer must know every byte of it, and neither may know the
///   other.
/// - **Who comes in:** `dev.homing.demo.client`, `.server` and `.nat`; tests that speak to them
///   with other QUIC stacks.
/// - **What goes out:** values; [Loops] alone starts threads.
/// - **Which thread:** any, unless a class says otherwise.
@NullMarked
package dev.homing.demo.wire;

import org.jspecify.annotations.NullMarked;
