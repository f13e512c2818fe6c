/// Which backends are up: probes, refusals of the network, and clients' connections that get no
/// answer.
///
/// Comes in: the configuration in force, and what the ledgers count of each backend. Goes out: a
/// verdict for each backend address, which decides where new connections go. The thread `health`.
@NullMarked
package dev.homing.control.health;

import org.jspecify.annotations.NullMarked;
