/// What must hold during a soak, and what has not held.
///
/// Comes in: what is done to the processes, what becomes of each connection, what metrics, log and
/// kernel say. Goes out: [dev.homing.bench.soak.model.Violation]s. Nothing here knows of a process
/// or a socket, and the time is always an argument: nanoseconds since the run began.
@NullMarked
package dev.homing.bench.soak.model;

import org.jspecify.annotations.NullMarked;
