package dev.homing.observe.metrics.reading;

import dev.homing.handoff.Handoff;

/// A hand-off queue.
///
/// @param receiver the thread that fills it
/// @param shard the thread that empties it
public record QueueReading(String receiver, String shard, Handoff handoff) {}
