/// The command line: reads options, says what is wrong with them, and calls what was asked for.
///
/// **In:** the arguments, the environment and the streams of the process, as a [Shell]. **Out:** an
/// exit code: 0 done, 1 the machine does not allow it, 2 wrong usage, 78 bad configuration. What is
/// asked for goes to standard output, complaints go to standard error. [Launch] and [Demo] are
/// filled in by the wiring, so that `check` and `version` load neither Netty nor the log.
/// **Thread:** main.
@NullMarked
package dev.homing.command;

import org.jspecify.annotations.NullMarked;
