/// Which of a port's listening sockets the kernel gives a datagram to.
///
/// Comes in: how long a pool's connection IDs are. Goes out: a classic BPF program, and its
/// attachment to the sockets that share a port. No privilege is needed (socket(7),
/// SO_ATTACH_REUSEPORT_CBPF). The thread that starts Homing or changes its configuration.
@NullMarked
package dev.homing.linux.steering;

import org.jspecify.annotations.NullMarked;
