/// Notices when a file that the configuration came from has other contents.
///
/// Comes in: the files that were read, with a print of what they held. Goes out: a call when one of
/// them holds something else. A thread of its own, `watch`.
@NullMarked
package dev.homing.control.watch;

import org.jspecify.annotations.NullMarked;
