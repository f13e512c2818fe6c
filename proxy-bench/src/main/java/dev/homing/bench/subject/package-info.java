/// What is measured: Homing, the alternatives, the floor and its peers, each as a process of its
/// own between the two stations.
@NullMarked
package dev.homing.bench.subject;

import org.jspecify.annotations.NullMarked;
