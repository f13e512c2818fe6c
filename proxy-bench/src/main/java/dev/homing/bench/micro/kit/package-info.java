/// What benchmarks of single steps stand on: packets in slots, sinks that only release, and a whole
/// core on memory.
///
/// Comes in: a benchmark's sizes. Goes out: the core's own objects, ready to be measured. One
/// thread at a time.
@NullMarked
package dev.homing.bench.micro.kit;

import org.jspecify.annotations.NullMarked;
