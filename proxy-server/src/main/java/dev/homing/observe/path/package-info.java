/// The way of a datagram as metrics tell it: which hand-offs there are, which counters say what
/// passed and what was lost at each, what a loss there means, and what helps.
///
/// **In:** nothing but the drop reasons of the ledger. **Out:** [Place], the list of all hops, and
/// [DatagramPath], immutable, which the live page reads as JSON, `homing top` and the doctor as it
/// is. **Thread:** any.
///
/// All of it speaks in names of metrics, so that whoever reads `/metrics` can draw the path.
@NullMarked
package dev.homing.observe.path;

import org.jspecify.annotations.NullMarked;
