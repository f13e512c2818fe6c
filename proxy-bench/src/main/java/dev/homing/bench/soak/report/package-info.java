/// What came of a soak, for people and for programs.
@NullMarked
package dev.homing.bench.soak.report;

import org.jspecify.annotations.NullMarked;
