/// Checks of what is around the way: the CPUs that the machine really gives, and whether the
/// instance's own numbers are to be believed.
@NullMarked
package dev.homing.diagnose.surroundings;

import org.jspecify.annotations.NullMarked;
