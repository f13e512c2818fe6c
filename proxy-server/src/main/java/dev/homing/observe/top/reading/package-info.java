/// An instance in an interval, part by part.
///
/// **In:** two readings of `/metrics`. **Out:** [TopReading]. **Thread:** any; all of it is
/// immutable.
@NullMarked
package dev.homing.observe.top.reading;

import org.jspecify.annotations.NullMarked;
