/// What happens during a soak, drawn from a seed: the same seed gives the same events with the same
/// parameters, however fast the machine is.
///
/// Comes in: a seed and where each server is known from. Goes out:
/// [dev.homing.bench.soak.plan.TimedEvent]s. Nothing here knows of a process. **Thread:** the
/// conductor's.
@NullMarked
package dev.homing.bench.soak.plan;

import org.jspecify.annotations.NullMarked;
