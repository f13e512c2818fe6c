/// JMH measurements of single steps of the hot path, with the octets that each allocates.
///
/// Comes in: JMH's arguments. Goes out: time and `gc.alloc.rate.norm` per operation. JMH's threads.
@NullMarked
package dev.homing.bench.micro;

import org.jspecify.annotations.NullMarked;
