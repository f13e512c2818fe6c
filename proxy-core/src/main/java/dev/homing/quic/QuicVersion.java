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

    private static boolean hasTypesOfV1(int version) {
        return version == V1 || (version & 0xffffff00) == DRAFT_PREFIX;
    }

    private static boolean hasTypesOfV2(int version) {
        return version == V2 || version == V2_DRAFT;
    }
}
