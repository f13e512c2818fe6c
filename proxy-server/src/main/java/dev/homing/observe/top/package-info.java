/// What `homing top` shows: numbers of an interval, as text of a terminal's width or as values for
/// JSON.
///
/// **In:** a [reading][dev.homing.observe.top.reading.TopReading]. **Out:** [TopText], [TopValues].
/// **Thread:** any; nothing here changes.
@NullMarked
package dev.homing.observe.top;

import org.jspecify.annotations.NullMarked;
