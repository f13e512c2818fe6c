/// Reads what the threads have recorded of datagrams, and tells it to people, programs and tshark.
///
/// **In:** the rings of the threads, and who is who. **Out:** lines, JSON, or pcapng. **Thread:**
/// one at a time, never one that forwards.
@NullMarked
package dev.homing.observe.trace;

import org.jspecify.annotations.NullMarked;
