/// What can be typed after `./homing bench`.
@NullMarked
package dev.homing.bench.command;

import org.jspecify.annotations.NullMarked;
