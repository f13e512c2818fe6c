/// The kernel's texts, read: one file of `/proc` or `/sys`, one class, no file access.
///
/// **In:** the text of a file, or of a few that belong together. **Out:** readings. What a text
/// does not have is left out, never 0 by guess: kernels differ in columns, and containers hide
/// files. **Thread:** any, nothing is kept.
@NullMarked
package dev.homing.observe.machine.text;

import org.jspecify.annotations.NullMarked;
