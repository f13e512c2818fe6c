package dev.homing.observe.metrics;

import java.util.function.LongSupplier;

/// A listening address as metrics see it.
///
/// @param address as the operator wrote it
/// @param kernelDrops datagrams that the kernel dropped before Homing could read them, since start
public record ListenerGauge(String address, LongSupplier kernelDrops) {}
