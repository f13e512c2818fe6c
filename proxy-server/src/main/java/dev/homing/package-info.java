/// The program: the command line and the wiring of its rooms. The only package that sees them all;
/// nothing depends on it. Runs on the main thread and on the JVM's signal thread.
@NullMarked
package dev.homing;

import org.jspecify.annotations.NullMarked;
