/// The kernel, called through `java.lang.foreign`: the only room that does so.
///
/// Comes in: slots of memory to receive into, and datagrams to send. Goes out: the datagrams that
/// the kernel received, and for what it refused the errno. Each object belongs to one thread;
/// nothing here allocates, throws, logs or reads the clock once a socket is open. Linux on x86_64
/// and aarch64, whose structs and constants are the same here (both are 64 bits, little-endian).
@NullMarked
package dev.homing.linux;

import org.jspecify.annotations.NullMarked;
