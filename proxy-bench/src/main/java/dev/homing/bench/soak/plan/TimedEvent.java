package dev.homing.bench.soak.plan;

import java.time.Duration;

/// An event and how long the one before is left alone.
public record TimedEvent(Duration pause, Event event) {}
