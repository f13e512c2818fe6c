package dev.homing.bench.soak.model;

/// What was done that may lead to drops.
public enum Cause {
    INITIALS,
    NOISE,
    BURST,
    SERVER_KILLED,
    SERVER_REMOVED,
    REBOUND,
    EARLIER_LIFE,
    STOPPING
}
