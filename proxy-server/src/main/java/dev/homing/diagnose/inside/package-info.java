/// Checks inside the instance, from a receiver to a shard: queues, threads, ports, tables, and the
/// reasons for which datagrams are dropped.
@NullMarked
package dev.homing.diagnose.inside;

import org.jspecify.annotations.NullMarked;
