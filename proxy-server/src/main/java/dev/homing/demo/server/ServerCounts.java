package dev.homing.demo.server;

/// What a [QuicServer] had counted at one moment, since it started.
///
/// @param connections connections whose handshake completed
/// @param connectionsOpen those of them that are not closed yet
/// @param connectionsFailed times that QUIC gave a connection up for an error
/// @param transfers how many times bytes were asked for
/// @param streamsAborted streams that ended without their answer, because the client or the
///   connection went away
/// @param badRequests streams that asked for something the server does not know
/// @param bytesSent what of these bytes was handed to QUIC; echoes are not counted
/// @param newPaths client addresses that a connection had not been seen on before
/// @param validatedPaths those that answered the server's challenge
/// @param migrations times that a connection moved to another client address for good
public record ServerCounts(
        long connections,
        long connectionsOpen,
        long connectionsFailed,
        long transfers,
        long streamsAborted,
        long badRequests,
        long bytesSent,
        long newPaths,
        long validatedPaths,
        long migrations) {}
