/// The log: one event, one line, on standard output.
///
/// **In:** events from every room, through SLF4J. **Out:** lines of text (`time level logger: what
/// key=value …`) or JSON objects. **Thread:** whichever logs; the line is written before the call
/// returns, so no thread that forwards logs per datagram.
@NullMarked
package dev.homing.observe.log;

import org.jspecify.annotations.NullMarked;
