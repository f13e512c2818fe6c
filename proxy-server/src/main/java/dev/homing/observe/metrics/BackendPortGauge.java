package dev.homing.observe.metrics;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// All sockets toward backends as metrics see them.
///
/// @param open how many there are
/// @param kernelDrops datagrams of backends that the kernel dropped before Homing could read them,
///   since start
public record BackendPortGauge(IntSupplier open, LongSupplier kernelDrops) {}
