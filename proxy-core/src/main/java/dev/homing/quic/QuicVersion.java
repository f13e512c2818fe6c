package dev.homing.quic;

/// The QUIC versions whose packet types Homing can tell apart.
///
/// ```
/// type bits (0x30)     00         01         10         11
/// version 1            Initial    0-RTT      Handshake  Retry       RFC 9000 section 17.2
/// version 2            Retry      Initial    0-RTT      Handshake   RFC 9369 section 3.2
/// ```
final class QuicVersion {

    static final int NEGOTIATION = 0;

    private static final int V1 = 0x00000001;
    private static final int V2 = 0x6b3343cf;

    /// The code point of version 2 before RFC 9369, still in use by deployed software.
    private static final int V2_DRAFT = 0x709a50c4;

    /// draft-ietf-quic-transport-NN is 0xff0000NN; its types are those of version 1.
    private static final int DRAFT_PREFIX = 0xff000000;

    /// In the order of their bits. Those of version 2 are one further.
    private static final PacketType[] V1_TYPES = {
        PacketType.INITIAL, PacketType.ZERO_RTT, PacketType.HANDSHAKE, PacketType.RETRY
    };

    private QuicVersion() {}

    static boolean isKnown(int version) {
        return hasTypesOfV1(version) || hasTypesOfV2(version);
    }

    /// Whether a long-header packet of this version and type opens a connection: an Initial, or
    /// 0-RTT that overtook it. A packet of an unknown version never does, whatever it looks like
    /// (RFC 8999 appendix A).
    static boolean startsConnection(int version, int typeBits) {
        return hasTypesOfV1(version) && (typeBits == 0 || typeBits == 1)
                || hasTypesOfV2(version) && (typeBits == 1 || typeBits == 2);
    }

    /// The type of a long-header packet of this version.
    static PacketType type(int version, int typeBits) {
        if (version == NEGOTIATION) {
            return PacketType.VERSION_NEGOTIATION;
        }
        if (hasTypesOfV1(version)) {
            return V1_TYPES[typeBits];
        }
        return hasTypesOfV2(version) ? V1_TYPES[typeBits - 1 & 3] : PacketType.UNKNOWN;
    }

    private static boolean hasTypesOfV1(int version) {
        return version == V1 || (version & 0xffffff00) == DRAFT_PREFIX;
    }

    private static boolean hasTypesOfV2(int version) {
        return version == V2 || version == V2_DRAFT;
    }
}
