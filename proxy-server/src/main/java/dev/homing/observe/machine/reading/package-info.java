/// What can be known of a machine, and what is: quantities with their names and labels, and
/// readings of them.
///
/// **Thread:** any, all of it is constant.
@NullMarked
package dev.homing.observe.machine.reading;

import org.jspecify.annotations.NullMarked;
