/// Checks from a shard to the backends and back: what the kernel does not send, what the network
/// refuses, what is not answered.
@NullMarked
package dev.homing.diagnose.departure;

import org.jspecify.annotations.NullMarked;
