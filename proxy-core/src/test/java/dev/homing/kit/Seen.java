package dev.homing.kit;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The header of a datagram as one of the ends reads it, who knows the length of its own connection
/// IDs.
///
/// @param type of a long header of version 1 or 2, else [LongType#INITIAL]
public record Seen(boolean isLong, int version, LongType type, Cid dcid, Cid scid) {

    /// @param ownLength octets of the reader's own connection IDs
    public static Seen of(byte[] datagram, int ownLength) {
        ByteBuffer octets = ByteBuffer.wrap(datagram);
        int first = Byte.toUnsignedInt(octets.get());
        if (first < 0x80) {
            int end = Math.min(datagram.length, 1 + ownLength);
            return new Seen(
                    false,
                    0,
                    LongType.INITIAL,
                    Cid.of(Arrays.copyOfRange(datagram, 1, end)),
                    Cid.EMPTY);
        }
        int version = octets.getInt();
        Cid dcid = cid(octets);
        Cid scid = cid(octets);
        for (LongType type : LongType.values()) {
            if (type.bits(version) == (first >> 4 & 3)) {
                return new Seen(true, version, type, dcid, scid);
            }
        }
        throw new AssertionError("two bits have four values");
    }

    private static Cid cid(ByteBuffer octets) {
        byte[] cid = new byte[Byte.toUnsignedInt(octets.get())];
        octets.get(cid);
        return Cid.of(cid);
    }

    public boolean isVersionNegotiation() {
        return isLong && version == 0;
    }

    public boolean isVersionKnown() {
        return version == Packets.V1
                || version == Packets.V2
                || version == Packets.V2_DRAFT
                || version == Packets.DRAFT_29;
    }
}
