package dev.homing.demo.client;

import dev.homing.demo.wire.Request;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// How a [QuicClient] is to be.
///
/// @param localAddress where it sends from; port 0 means any free one. Its family must be the
///   server's
/// @param protocol application protocol (ALPN) that it asks for
/// @param connectionIdLength length of its own connection IDs in bytes, 0 to 20; with 0 its socket
///   can carry only one connection, since nothing but the address tells them apart
/// @param connectTimeoutMs how long a handshake may take
/// @param idleTimeoutMs how long a connection survives without a word from the server
public record ClientOptions(
        InetSocketAddress localAddress,
        String protocol,
        int connectionIdLength,
        int connectTimeoutMs,
        long idleTimeoutMs) {

    public ClientOptions {
        if (connectionIdLength < 0 || connectionIdLength > 20) {
            throw new IllegalArgumentException(
                    "connectionIdLength is "
                            + connectionIdLength
                            + ", QUIC has 0 to 20 for clients");
        }
    }

    /// A client that can reach `server`: from loopback when the server is there, else from any
    /// local address.
    public static ClientOptions toward(InetSocketAddress server) {
        InetAddress address = server.getAddress();
        boolean six = address instanceof Inet6Address;
        String local =
                address.isLoopbackAddress()
                        ? (six ? "::1" : "127.0.0.1")
                        : (six ? "::" : "0.0.0.0");
        return new ClientOptions(
                new InetSocketAddress(InetAddress.ofLiteral(local), 0),
                Request.PROTOCOL,
                8,
                10_000,
                15_000);
    }

    public ClientOptions withLocalAddress(InetSocketAddress other) {
        return new ClientOptions(
                other, protocol, connectionIdLength, connectTimeoutMs, idleTimeoutMs);
    }

    public ClientOptions withConnectionIdLength(int other) {
        return new ClientOptions(localAddress, protocol, other, connectTimeoutMs, idleTimeoutMs);
    }

    public ClientOptions withTimeouts(int otherConnectMs, long otherIdleMs) {
        return new ClientOptions(
                localAddress, protocol, connectionIdLength, otherConnectMs, otherIdleMs);
    }
}
