package dev.homing.control.config.value;

/// By what the kernel chooses one of the listening sockets that share an address.
public enum Steering {
    /// By the client's and the local address and port.
    FLOW,
    /// By the connection ID, so that all of a connection comes to one receiver before and after its
    /// client moves.
    CONNECTION_ID
}
