package dev.homing.bench.compare;

/// Which way the datagrams go.
public enum Direction {

    /// Clients to backends.
    FORWARD,

    /// Backends to clients, after each client has sent one datagram.
    RETURN,

    /// Clients to backends, which send each one back.
    ECHO
}
