/// Real datagrams through a running Homing: synthetic flows by number, and real QUIC stacks on both
/// sides.
@NullMarked
package dev.homing.endtoend;

import org.jspecify.annotations.NullMarked;
