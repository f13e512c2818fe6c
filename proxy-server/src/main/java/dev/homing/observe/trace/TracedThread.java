package dev.homing.observe.trace;

import dev.homing.trace.TraceRing;
import java.util.function.IntSupplier;

/// A thread that moves datagrams, as who reads traces knows it.
///
/// @param name as metrics spell it
/// @param ring its records
/// @param followed number of the trace that it has begun, 0 for none; any thread
public record TracedThread(String name, TraceRing ring, IntSupplier followed) {}
