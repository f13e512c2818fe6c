/// How the JVM is started: the launcher, the container, and the cache that starts are fast with.
@NullMarked
package dev.homing.launch;

import org.jspecify.annotations.NullMarked;
