/// What a running instance says of itself, read back: the text of `/metrics` becomes numbers.
///
/// **In:** Prometheus text, from an admin address or from anywhere else. **Out:** [Samples], one
/// reading; [Interval], what happened between two. **Thread:** whoever asks; everything here is
/// immutable but [Scraper], which waits for the network.
@NullMarked
package dev.homing.observe.samples;

import org.jspecify.annotations.NullMarked;
