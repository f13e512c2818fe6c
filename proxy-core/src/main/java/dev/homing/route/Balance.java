package dev.homing.route;

/// What consistent hashing looks at when nothing is known of a connection.
public enum Balance {
    /// The client's first connection ID: connections of one client spread over the backends.
    CONNECTION_ID,
    /// The client's address and port: instances that share only a key choose alike for all that a
    /// client sends.
    FLOW
}
