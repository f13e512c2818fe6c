/// What lost, still runnable: proxies that do Homing's work in another way. Each is a process that
/// takes the ports of its backends on the loopback address as arguments, prints `{"port":N}` when
/// it listens, and ends with its standard input.
@NullMarked
package dev.homing.bench.alternatives;

import org.jspecify.annotations.NullMarked;
