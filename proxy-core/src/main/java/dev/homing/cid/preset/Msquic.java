package dev.homing.cid.preset;

import dev.homing.cid.CidScheme;
import dev.homing.cid.PlainServerId;
import dev.homing.cid.ServerIds;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Servers on msquic in one of its load balancing modes (msquic docs/Deployment.md,
/// src/core/cid.h).
///
/// ```
/// octet 0       1               5                7
/// | random (1) | server ID (4) | partition (2)  | random (7) |
///
/// QUIC_LOAD_BALANCING_SERVER_ID_IP     the server's IPv4 address, or the last four octets of its
///                                      IPv6 address: no configuration but the backends' addresses
/// QUIC_LOAD_BALANCING_SERVER_ID_FIXED  FixedServerID, in the byte order of the server's machine
/// ```
///
/// The first octet is random and no rotation bits. A Retry has nothing but random octets in its
/// connection ID.
public final class Msquic {

    public static final int SERVER_ID_BYTES = 4;

    public static final int CONNECTION_ID_BYTES = 14;

    private Msquic() {}

    /// @param serverIds of [#ofAddress] or [#ofFixedServerId]
    public static CidScheme of(ServerIds serverIds) {
        if (serverIds.length() != SERVER_ID_BYTES) {
            throw new IllegalArgumentException(
                    "server-id-length: %d, but msquic's server IDs have %d octets"
                            .formatted(serverIds.length(), SERVER_ID_BYTES));
        }
        return new PlainServerId("msquic", serverIds, CONNECTION_ID_BYTES);
    }

    /// The server ID of a server at an address. Servers of one address, and IPv6 addresses that end
    /// alike, cannot be told apart.
    public static byte[] ofAddress(InetAddress address) {
        byte[] octets = address.getAddress();
        return Arrays.copyOfRange(octets, octets.length - SERVER_ID_BYTES, octets.length);
    }

    /// The server ID of a server with a `FixedServerID`, on a little-endian machine, as all are
    /// that msquic is built for.
    public static byte[] ofFixedServerId(int fixedServerId) {
        return ByteBuffer.allocate(SERVER_ID_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(fixedServerId)
                .array();
    }
}
