package dev.homing.demo.server;

import dev.homing.demo.wire.Request;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import io.netty.handler.codec.quic.SslSessionTicketKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// How a [QuicServer] is to be.
///
/// @param name what the server calls itself in its answers
/// @param address where it listens; port 0 means any free one
/// @param protocols application protocols (ALPN) that it accepts
/// @param connectionIdLength length of its connection IDs in bytes, 1 to 20
/// @param retry whether a client must first show that it can receive at its address (RFC 9000
///   §8.1.2)
/// @param connectionIds makes connection IDs; called on the server's event loop
/// @param ticketKey what session tickets are sealed with; servers that share it can resume each
///   other's sessions
public record ServerOptions(
        String name,
        InetSocketAddress address,
        List<String> protocols,
        int connectionIdLength,
        boolean retry,
        QuicConnectionIdGenerator connectionIds,
        @Nullable SslSessionTicketKey ticketKey) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public ServerOptions {
        if (name.isBlank() || name.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "a server's name is one line of text, not '" + name + "'");
        }
        if (connectionIdLength < 1 || connectionIdLength > 20) {
            throw new IllegalArgumentException(
                    "connectionIdLength is "
                            + connectionIdLength
                            + ", QUIC has 1 to 20 for servers");
        }
        protocols = List.copyOf(protocols);
    }

    /// A server on any free port of `127.0.0.1` with random connection IDs of 8 bytes and without
    /// Retry.
    public static ServerOptions named(String name) {
        return new ServerOptions(
                name,
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                List.of(Request.PROTOCOL),
                8,
                false,
                new ConnectionIds(ServerOptions::randomId),
                null);
    }

    public ServerOptions withAddress(InetSocketAddress other) {
        return new ServerOptions(
                name, other, protocols, connectionIdLength, retry, connectionIds, ticketKey);
    }

    public ServerOptions withConnectionIdLength(int other) {
        return new ServerOptions(name, address, protocols, other, retry, connectionIds, ticketKey);
    }

    public ServerOptions withRetry(boolean other) {
        return new ServerOptions(
                name, address, protocols, connectionIdLength, other, connectionIds, ticketKey);
    }

    /// For servers whose connection IDs say which server they are.
    ///
    /// @param other makes a connection ID of the given length
    public ServerOptions withConnectionIds(IntFunction<byte[]> other) {
        return withConnectionIds(new ConnectionIds(other));
    }

    /// As [#withConnectionIds(IntFunction)], in Netty's own way.
    public ServerOptions withConnectionIds(QuicConnectionIdGenerator other) {
        return new ServerOptions(
                name, address, protocols, connectionIdLength, retry, other, ticketKey);
    }

    public ServerOptions withTicketKey(SslSessionTicketKey other) {
        return new ServerOptions(
                name, address, protocols, connectionIdLength, retry, connectionIds, other);
    }

    private static byte[] randomId(int lengthBytes) {
        byte[] id = new byte[lengthBytes];
        RANDOM.nextBytes(id);
        return id;
    }
}
