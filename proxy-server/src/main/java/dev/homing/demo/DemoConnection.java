package dev.homing.demo;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// What became of one client's connection.
///
/// @param client where the balancer saw the client first
/// @param movedTo where it saw it in the end, or null when the address was not to change
/// @param serverBefore who answered the first request; empty when nobody did
/// @param serverAfter who answered the last one
/// @param newPaths client addresses that the server saw for the first time after the handshake
/// @param validatedPaths those of them that it could reach the client at
/// @param problem what went wrong, in a few words; empty when nothing did
public record DemoConnection(
        int number,
        InetSocketAddress client,
        @Nullable InetSocketAddress movedTo,
        String serverBefore,
        String serverAfter,
        long bytesExpected,
        long bytesReceived,
        int rebindings,
        long newPaths,
        long validatedPaths,
        String problem) {

    /// Whether every byte came, always from the same server, and whether that noticed every move.
    public boolean isOk() {
        return problem.isEmpty();
    }
}
