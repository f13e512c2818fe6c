package dev.homing.control.discovery;

import java.time.Duration;

/// How often a name is asked for, whatever its time to live says.
///
/// @param least between two questions, also where the time to live is 0
/// @param most so that a change is noticed this day although somebody has said a week
record Intervals(Duration least, Duration most) {

    static final Intervals USUAL = new Intervals(Duration.ofSeconds(5), Duration.ofMinutes(5));
}
