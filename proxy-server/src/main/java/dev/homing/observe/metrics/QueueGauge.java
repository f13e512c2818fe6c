package dev.homing.observe.metrics;

import java.util.function.IntSupplier;

/// A hand-off queue as metrics see it.
///
/// @param receiver the thread that fills it
/// @param shard the thread that empties it
public record QueueGauge(String receiver, String shard, IntSupplier depth, int capacity) {}
