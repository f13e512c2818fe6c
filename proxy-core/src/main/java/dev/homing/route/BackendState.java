package dev.homing.route;

/// Whether a backend takes connections (the words are GLB's).
public enum BackendState {
    /// Takes new connections and keeps its own.
    ACTIVE,
    /// Keeps its connections, takes no new ones.
    DRAINING;

    public boolean acceptsNewConnections() {
        return this == ACTIVE;
    }
}
