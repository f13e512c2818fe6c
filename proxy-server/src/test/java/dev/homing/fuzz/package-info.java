/// What strangers' octets and operators' texts are read by, fed with what a coverage-guided fuzzer
/// (Jazzer) comes upon.
///
/// Comes in: octets; those in src/test/fuzz are kept, a folder for each target. Goes out: nothing,
/// or a failure. Each target runs in a JVM of its own, since it is instrumented.
@NullMarked
package dev.homing.fuzz;

import org.jspecify.annotations.NullMarked;
