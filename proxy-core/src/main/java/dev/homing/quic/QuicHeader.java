package dev.homing.quic;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A flyweight over the version-independent header of the first packet of a datagram (RFC 8999
/// section 5).
///
/// ```
/// long    | 1 type | version (4) | DCID length | DCID 0..255 | SCID length | SCID 0..255 | version-specific ...
///           bit 7    1             5             6
/// short   | 0 ...  | DCID, its length not on the wire | ...
///           bit 7    1
/// ```
///
/// Only the first packet counts: packets with different destination connection IDs are never
/// coalesced (RFC 9000 section 12.2). The fixed bit 0x40 is not looked at, because it may be
/// greased (RFC 9287).
///
/// One thread. What it says holds until the next [#read].
public final class QuicHeader {

    /// RFC 9000 section 17.2: connection IDs of versions 1 and 2 have at most 20 octets.
    public static final int MAX_CONNECTION_ID_BYTES = 20;

    /// RFC 9000 section 7.2: the connection ID that a client chooses for its first packet.
    private static final int MIN_FIRST_CONNECTION_ID_BYTES = 8;

    private static final ValueLayout.OfByte OCTET = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt BIG_ENDIAN_INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int FORM_BIT = 0x80;
    private static final int TYPE_BITS_SHIFT = 4;
    private static final int VERSION_OFFSET = 1;
    private static final int LONG_DCID_OFFSET = 6;
    private static final int SHORT_DCID_OFFSET = 1;

    private int firstOctet;
    private int version;
    private int dcidOffset;
    private int dcidLength;
    private int scidOffset;
    private int scidLength;

    /// Reads the header of the packet that begins at an offset of a slot and has a length, in
    /// octets.
    public HeaderForm read(MemorySegment bytes, int offset, int length) {
        if (length < 1) {
            return HeaderForm.EMPTY;
        }
        firstOctet = Byte.toUnsignedInt(bytes.get(OCTET, offset));
        if ((firstOctet & FORM_BIT) == 0) {
            version = 0;
            dcidOffset = offset + SHORT_DCID_OFFSET;
            dcidLength =
                    length - SHORT_DCID_OFFSET; // an upper bound: the length is not on the wire
            scidOffset = 0;
            scidLength = 0;
            return HeaderForm.SHORT;
        }
        return readLong(bytes, offset, length);
    }

    private HeaderForm readLong(MemorySegment bytes, int offset, int length) {
        if (length < LONG_DCID_OFFSET) {
            return HeaderForm.TRUNCATED;
        }
        version = bytes.get(BIG_ENDIAN_INT, offset + VERSION_OFFSET);
        dcidOffset = offset + LONG_DCID_OFFSET;
        dcidLength = Byte.toUnsignedInt(bytes.get(OCTET, dcidOffset - 1));
        int scidLengthOffset = LONG_DCID_OFFSET + dcidLength;
        if (scidLengthOffset >= length) {
            return HeaderForm.TRUNCATED;
        }
        scidOffset = offset + scidLengthOffset + 1;
        scidLength = Byte.toUnsignedInt(bytes.get(OCTET, scidOffset - 1));
        if (scidLengthOffset + 1 + scidLength > length) {
            return HeaderForm.TRUNCATED;
        }
        return HeaderForm.LONG;
    }

    public boolean isLong() {
        return (firstOctet & FORM_BIT) != 0;
    }

    /// The version field of a long header, 0 for Version Negotiation.
    public int version() {
        return version;
    }

    /// Whether this long header is a server's list of versions (RFC 8999 section 6).
    public boolean isVersionNegotiation() {
        return isLong() && version == QuicVersion.NEGOTIATION;
    }

    /// Whether this is a long header of a version whose packets are known.
    public boolean isVersionKnown() {
        return isLong() && QuicVersion.isKnown(version);
    }

    /// What kind of packet the header begins.
    public PacketType type() {
        return isLong()
                ? QuicVersion.type(version, firstOctet >> TYPE_BITS_SHIFT & 3)
                : PacketType.SHORT;
    }

    /// Whether the packet may be the first of a connection: an Initial or 0-RTT packet of a version
    /// that is known, to a connection ID that a client may have chosen. An Initial to a shorter one
    /// answers a server that has chosen it.
    public boolean startsConnection() {
        return isLong()
                && dcidLength >= MIN_FIRST_CONNECTION_ID_BYTES
                && QuicVersion.startsConnection(version, firstOctet >> TYPE_BITS_SHIFT & 3);
    }

    /// Offset in the slot of the destination connection ID.
    public int dcidOffset() {
        return dcidOffset;
    }

    /// Octets of the destination connection ID; of a short header, the octets that there are for
    /// it.
    public int dcidLength() {
        return dcidLength;
    }

    /// Offset in the slot of the source connection ID of a long header.
    public int scidOffset() {
        return scidOffset;
    }

    /// Octets of the source connection ID of a long header.
    public int scidLength() {
        return scidLength;
    }
}
