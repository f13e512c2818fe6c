package dev.homing.observe.metrics.reading;

import dev.homing.ledger.Ledger;
import dev.homing.linux.ThreadCpu;
import dev.homing.trace.TraceRing;

/// A thread that moves datagrams.
///
/// @param name as the kernel shows it
/// @param traces what it has recorded of datagrams
public record ThreadReading(String name, Ledger ledger, ThreadCpu cpu, TraceRing traces) {}
