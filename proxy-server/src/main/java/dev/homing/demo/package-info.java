/// The demonstration: clients whose addresses change in mid-transfer, and servers that must not
/// lose them.
///
/// - **What for:** `homing demo` shows a newcomer in seconds, and a test asserts, that connections
///   survive.
/// - **Who comes in:** [DemoScenario#run], with the address of a balancer and the servers behind
///   it; then [DemoTable] with what came of it.
/// - **What goes out:** traffic to that address, progress, and a table for people.
/// - **Which thread:** the caller's waits; the work is done on the event loops of
///   `dev.homing.demo.client` and `.server`.
@NullMarked
package dev.homing.demo;

import org.jspecify.annotations.NullMarked;
