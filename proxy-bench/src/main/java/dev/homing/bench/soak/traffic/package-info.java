/// Who sends in a soak: real QUIC clients that come, stay, move and go, and strangers that flood.
///
/// Comes in: where Homing is, and what the model excuses. Goes out: datagrams, counts, violations.
/// **Thread:** a virtual one for each visitor and each flood; what they share says so.
@NullMarked
package dev.homing.bench.soak.traffic;

import org.jspecify.annotations.NullMarked;
