package dev.homing.control.config.value;

/// What the first choice of a backend hashes, when neither a scheme nor anything learned decides.
public enum Balance {
    /// The connection ID that the client chose.
    CONNECTION_ID,
    /// The client's addresses and ports: for fleets of instances that share no memory.
    FLOW
}
