/// The HTTP side door: metrics for Prometheus, health for Kubernetes, a live page for people.
///
/// **In:** TCP connections from scrapers, probes and browsers. **Out:** pages made by the functions
/// that the wiring hands in, and the live page from the jar. **Thread:** one event loop of its own,
/// named `admin`; nothing here ever touches a thread that forwards. The door is open to whoever
/// reaches its address, so that every resource a client can hold is bounded.
@NullMarked
package dev.homing.observe.http;

import org.jspecify.annotations.NullMarked;
