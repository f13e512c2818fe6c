package dev.homing.kit.world;

import dev.homing.kit.Cid;
import dev.homing.kit.LongType;
import dev.homing.kit.Packets;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The header of a datagram as one of the ends reads it, who knows the length of its own connection
/// IDs.
///
/// @param type of a long header of version 1 or 2, else [LongType#INITIAL]
record Seen(boolean isLong, int version, LongType type, Cid dcid, Cid scid) {

    /// @param ownLength octets of the reader's own connection IDs
    static Seen of(byte[] datagram, int ownLength) {
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

    /// Of a datagram with a long header; 0 of one with a short header, as of Version Negotiation.
    static int version(byte[] datagram) {
        return datagram[0] < 0 ? ByteBuffer.wrap(datagram).getInt(1) : 0;
    }

    private static Cid cid(ByteBuffer octets) {
        byte[] cid = new byte[Byte.toUnsignedInt(octets.get())];
        octets.get(cid);
        return Cid.of(cid);
    }

    boolean isVersionNegotiation() {
        return isLong && version == 0;
    }

    boolean isVersionKnown() {
        return version == Packets.V1
                || version == Packets.V2
                || version == Packets.V2_DRAFT
                || version == Packets.DRAFT_29;
    }
}
