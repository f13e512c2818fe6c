/// How a pool's backends are watched, as an operator says it. Comes in: the settings of a pool.
/// Goes out: [HealthSettings].
@NullMarked
package dev.homing.control.config.health;

import org.jspecify.annotations.NullMarked;
