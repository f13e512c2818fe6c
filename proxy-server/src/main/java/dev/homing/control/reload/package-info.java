/// What came of reading the configuration again while Homing runs, for logs, metrics and people.
///
/// Comes in: the configuration in force and the [dev.homing.control.config.Outcome] of reading it
/// once more. Goes out: a [ReloadResult], and the [ReloadHistory] of all of them. The main thread
/// writes, any thread reads.
@NullMarked
package dev.homing.control.reload;

import org.jspecify.annotations.NullMarked;
