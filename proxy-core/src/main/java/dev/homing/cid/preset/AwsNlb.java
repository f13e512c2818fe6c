package dev.homing.cid.preset;

import dev.homing.cid.CidScheme;
import dev.homing.cid.PlainServerId;
import dev.homing.cid.ServerIds;

/// Servers made to stand behind an AWS Network Load Balancer (QUIC and TCP_QUIC listeners; the
/// target attribute QuicServerId, or AWS_LBC_QUIC_SERVER_ID in Kubernetes). The layout is that of
/// plaintext QUIC-LB, but the rotation bits are not looked at and the nonce may have any length.
///
/// ```
/// octet 0          1                9
/// | not looked at | server ID (8)  | nonce, any length |
/// ```
///
/// Unlike AWS, which drops what has an unknown server ID, Homing routes it by other means.
public final class AwsNlb {

    public static final int SERVER_ID_BYTES = 8;

    private AwsNlb() {}

    /// @param serverIds of eight octets
    /// @param connectionIdLength octets of the servers' connection IDs, or
    ///   [CidDecoder#LENGTH_UNKNOWN]
    public static CidScheme of(ServerIds serverIds, int connectionIdLength) {
        if (serverIds.length() != SERVER_ID_BYTES) {
            throw new IllegalArgumentException(
                    "server-id-length: %d, but AWS NLB takes server IDs of %d octets"
                            .formatted(serverIds.length(), SERVER_ID_BYTES));
        }
        return new PlainServerId("aws-nlb", serverIds, connectionIdLength);
    }
}
