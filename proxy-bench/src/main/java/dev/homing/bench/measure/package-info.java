/// What is read off the machine and its processes, and what is made of several readings.
///
/// Knows nothing of datagrams.
@NullMarked
package dev.homing.bench.measure;

import org.jspecify.annotations.NullMarked;
