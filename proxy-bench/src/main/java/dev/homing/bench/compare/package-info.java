/// Runs: subjects, traffic and stations brought together, in rounds that alternate; and what is
/// reported of them.
@NullMarked
package dev.homing.bench.compare;

import org.jspecify.annotations.NullMarked;
