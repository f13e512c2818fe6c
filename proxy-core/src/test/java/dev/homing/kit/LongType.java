package dev.homing.kit;

/// The long-header packet types, with their bits in each version.
public enum LongType {
    INITIAL(0, 1),
    ZERO_RTT(1, 2),
    HANDSHAKE(2, 3),
    RETRY(3, 0);

    private final int bitsOfV1;
    private final int bitsOfV2;

    LongType(int bitsOfV1, int bitsOfV2) {
        this.bitsOfV1 = bitsOfV1;
        this.bitsOfV2 = bitsOfV2;
    }

    /// RFC 9000 section 17.2, RFC 9369 section 3.2.
    public int bits(int version) {
        return version == Packets.V2 || version == Packets.V2_DRAFT ? bitsOfV2 : bitsOfV1;
    }
}
