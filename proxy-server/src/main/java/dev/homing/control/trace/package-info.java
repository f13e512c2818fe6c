/// What somebody wants traced, from the words in which it was said.
///
/// **In:** texts by their names, from a command line or a URL. **Out:** a
/// [dev.homing.trace.Selection] and how long, or what is wrong and how to put it right. **Thread:**
/// any.
@NullMarked
package dev.homing.control.trace;

import org.jspecify.annotations.NullMarked;
