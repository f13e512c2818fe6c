package dev.homing.demo.server;

import io.netty.handler.codec.quic.QuicPathEvent;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Something that a server noticed about the addresses of one connection.
///
/// @param peer the address that the server sees the client at
public record PathEvent(Kind kind, InetSocketAddress peer) {

    /// What happened to the path.
    public enum Kind {
        /// A packet of the connection came from an address not seen before.
        NEW,
        /// The client answered the challenge that was sent to the address (RFC 9000 §8.2).
        VALIDATED,
        /// The client did not answer in time.
        FAILED,
        /// The connection has moved there (RFC 9000 §9.3).
        MIGRATED,
        /// The client still uses the connection ID of its old address: its address was changed for
        /// it, by a NAT.
        SAME_CONNECTION_ID,
        /// The path will not be used again.
        CLOSED
    }

    /// The event that Netty reports, or null when it is none that is known here.
    static @Nullable PathEvent of(Object event) {
        return switch (event) {
            case QuicPathEvent.New path -> of(Kind.NEW, path);
            case QuicPathEvent.Validated path -> of(Kind.VALIDATED, path);
            case QuicPathEvent.FailedValidation path -> of(Kind.FAILED, path);
            case QuicPathEvent.PeerMigrated path -> of(Kind.MIGRATED, path);
            case QuicPathEvent.ReusedSourceConnectionId path -> of(Kind.SAME_CONNECTION_ID, path);
            case QuicPathEvent.Closed path -> of(Kind.CLOSED, path);
            default -> null;
        };
    }

    private static PathEvent of(Kind kind, QuicPathEvent event) {
        // Netty 4.2.18 hands over the port in network byte order: 42211 comes as 58276. A test
        // compares the corrected
        // port with the real one, so it tells when Netty has mended this.
        InetSocketAddress swapped = event.remote();
        int port = Short.toUnsignedInt(Short.reverseBytes((short) swapped.getPort()));
        return new PathEvent(kind, new InetSocketAddress(swapped.getAddress(), port));
    }
}
