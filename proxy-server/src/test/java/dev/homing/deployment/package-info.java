/// What operators start Homing with: the files in `docker` agree with each other and with Homing.
@NullMarked
package dev.homing.deployment;

import org.jspecify.annotations.NullMarked;
