/// Checks between the wire and a socket's buffer, where the kernel may lose datagrams before Homing
/// has seen them.
@NullMarked
package dev.homing.diagnose.arrival;

import org.jspecify.annotations.NullMarked;
