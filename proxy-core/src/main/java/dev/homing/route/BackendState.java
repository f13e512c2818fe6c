package dev.homing.route;

/// Whether a backend takes connections (the words are GLB's).
public enum BackendState {
    /// Takes new connections and keeps its own.
    ACTIVE,
    /// Keeps its connections, takes no new ones.
    DRAINING,
    /// Does not answer: keeps its established connections, which may outlive a false alarm, takes
    /// no new ones, and what has only just begun toward it begins again elsewhere.
    DOWN;

    public boolean acceptsNewConnections() {
        return this == ACTIVE;
    }
}
