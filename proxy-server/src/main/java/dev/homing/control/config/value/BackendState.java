package dev.homing.control.config.value;

/// What the operator wants of a backend.
public enum BackendState {
    /// Takes new connections.
    ACTIVE,
    /// Keeps its connections and takes no new ones.
    DRAINING
}
