package dev.homing.observe.metrics.reading;

import dev.homing.ledger.Ledger;
import dev.homing.linux.ThreadCpu;

/// A thread that moves datagrams.
///
/// @param name as the kernel shows it
public record ThreadReading(String name, Ledger ledger, ThreadCpu cpu) {}
