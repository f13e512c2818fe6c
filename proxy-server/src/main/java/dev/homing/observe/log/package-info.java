/// The log: one event, one line, on standard output.
///
/// **In:** events from every room, through SLF4J. **Out:** lines of text (`time level logger: what
/// key=value …`) or JSON objects. **Thread:** whichever logs; the line is written before the call
/// returns, so no thread that forwards logs per datagram.
///
/// A warning or an error that comes again is counted, and told once a minute with the number of its
/// repetitions. What makes two events the same: logger, level, message, and the values that are no
/// numbers. Answers to a start or a HUP are told each time.
@NullMarked
package dev.homing.observe.log;

import org.jspecify.annotations.NullMarked;
