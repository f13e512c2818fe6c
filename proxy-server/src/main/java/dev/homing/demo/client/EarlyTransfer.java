package dev.homing.demo.client;

/// A transfer that was asked for as early as possible.
///
/// @param connection the connection, open for more
/// @param sentEarly whether the request left together with the handshake (0-RTT). Netty's server
///   reads it only once the handshake is complete, and none that does not know the session's ticket
///   key reads it at all: then it is sent again
public record EarlyTransfer(ClientConnection connection, Transfer transfer, boolean sentEarly) {}
