/// What clients notice of a start: a process is started under load, from outside.
@NullMarked
package dev.homing.bench.start;

import org.jspecify.annotations.NullMarked;
