/// The doctor's words: where on its way a datagram can be lost, what may be wrong there, and what
/// to do about it.
///
/// **In:** an [dev.homing.observe.samples.Interval]. **Out:** [Finding]s, each of a [Trouble] that
/// the reference page lists. **Thread:** any; everything here is immutable.
@NullMarked
package dev.homing.diagnose.finding;

import org.jspecify.annotations.NullMarked;
