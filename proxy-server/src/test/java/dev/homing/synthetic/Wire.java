package dev.homing.synthetic;

import java.nio.ByteBuffer;

/// The two packets that synthetic flows are made of.
///
/// ```
/// long    | c0 | 00000001 | 8 | DCID (8) | 8 | SCID (8) | flow (8) | sender (8) | zeroes
/// short   | 40 | DCID (8) | flow (8) | sender (8) | zeroes
/// ```
final class Wire {

    static final int LENGTH_BYTES = 64;

    /// RFC 9000 section 14.1.
    static final int INITIAL_BYTES = 1200;

    static final int ID_BYTES = 8;

    /// In a long header.
    static final int DCID_OFFSET = 6;

    static final int SCID_OFFSET = 15;

    private static final byte INITIAL = (byte) 0xc0;
    private static final byte HANDSHAKE = (byte) 0xe0;
    private static final byte SHORT = 0x40;
    private static final int V1 = 1;

    private Wire() {}

    static ByteBuffer initial(long dcid, long scid, long flow, long sender) {
        return longHeader(INITIAL, INITIAL_BYTES, dcid, scid, flow, sender);
    }

    static ByteBuffer handshake(long dcid, long scid, long flow, long sender) {
        return longHeader(HANDSHAKE, LENGTH_BYTES, dcid, scid, flow, sender);
    }

    private static ByteBuffer longHeader(
            byte first, int length, long dcid, long scid, long flow, long sender) {
        return ByteBuffer.allocate(length)
                .put(first)
                .putInt(V1)
                .put((byte) ID_BYTES)
                .putLong(dcid)
                .put((byte) ID_BYTES)
                .putLong(scid)
                .putLong(flow)
                .putLong(sender)
                .position(length)
                .flip();
    }

    static ByteBuffer shortHeader(long dcid, long flow, long sender) {
        return ByteBuffer.allocate(LENGTH_BYTES)
                .put(SHORT)
                .putLong(dcid)
                .putLong(flow)
                .putLong(sender)
                .position(LENGTH_BYTES)
                .flip();
    }

    static boolean isLong(ByteBuffer packet) {
        return packet.get(0) < 0;
    }

    static long dcid(ByteBuffer packet) {
        return packet.getLong(isLong(packet) ? DCID_OFFSET : 1);
    }

    static long scid(ByteBuffer packet) {
        return packet.getLong(SCID_OFFSET);
    }

    static long flow(ByteBuffer packet) {
        return packet.getLong(isLong(packet) ? 23 : 9);
    }

    static long sender(ByteBuffer packet) {
        return packet.getLong(isLong(packet) ? 31 : 17);
    }
}
