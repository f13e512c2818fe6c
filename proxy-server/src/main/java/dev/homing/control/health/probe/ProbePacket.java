package dev.homing.control.health.probe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// One probe, and how to tell the answer to it. Version-independent is only its beginning (RFC 8999
/// section 5.1); it goes on as an Initial of version 1 would, since some servers read that far
/// before they look at the version.
///
/// ```
/// 0                1                 5     6                 14    15              23
/// | 0b1100 random  | 0x?a?a?a?a      | 8   | destination ID  | 8   | source ID     |
///   4 bits, 4 bits   reserved: RFC 9000 section 15               64 random bits, by which the answer is known
///
/// 23    24              26                                             1200
/// | 0   | length of rest | random octets, as encrypted ones would look |
///   token length          RFC 9000 section 14.1: servers may ignore smaller datagrams
/// ```
///
/// The answer has version 0 and both connection IDs, exchanged (RFC 8999 section 6). Nobody who has
/// not seen the probe can forge it.
///
/// Immutable but for the octets, which are the caller's.
public final class ProbePacket {

    static final int BYTES = 1200;

    private static final int LONG_HEADER_FIXED_BIT_INITIAL = 0xc0;
    private static final int LONG_HEADER = 0x80;
    private static final int ID_BYTES = 8;
    private static final int VERSION_AT = 1;
    private static final int DESTINATION_AT = 6;
    private static final int SOURCE_AT = DESTINATION_AT + ID_BYTES + 1;
    private static final int VERSIONS_AT = SOURCE_AT + ID_BYTES;
    private static final int LENGTH_AT = VERSIONS_AT + 1;
    private static final int REST_AT = LENGTH_AT + 2;

    /// A variable-length integer of two octets (RFC 9000 section 16).
    private static final int TWO_OCTETS = 0x4000;

    private final byte[] octets;

    private ProbePacket(byte[] octets) {
        this.octets = octets;
    }

    /// A probe with connection IDs that no other one has.
    public static ProbePacket draw(RandomGenerator random) {
        byte[] octets = new byte[BYTES];
        random.nextBytes(octets);
        ByteBuffer packet = ByteBuffer.wrap(octets);
        packet.put(0, (byte) (LONG_HEADER_FIXED_BIT_INITIAL | octets[0] & 0x0f));
        packet.putInt(VERSION_AT, packet.getInt(VERSION_AT) & 0xf0f0f0f0 | 0x0a0a0a0a);
        packet.put(DESTINATION_AT - 1, (byte) ID_BYTES);
        packet.put(SOURCE_AT - 1, (byte) ID_BYTES);
        packet.put(VERSIONS_AT, (byte) 0);
        packet.putShort(LENGTH_AT, (short) (TWO_OCTETS | BYTES - REST_AT));
        return new ProbePacket(octets);
    }

    /// The datagram.
    public ByteBuffer octets() {
        return ByteBuffer.wrap(octets).asReadOnlyBuffer();
    }

    /// Whether a datagram is Version Negotiation for this probe, with at least one version.
    ///
    /// @param answer from its position to its limit
    public boolean isAnsweredBy(ByteBuffer answer) {
        byte[] is = new byte[answer.remaining()];
        answer.duplicate().get(is);
        int versions = is.length - VERSIONS_AT;
        return versions >= Integer.BYTES
                && versions % Integer.BYTES == 0
                && (is[0] & LONG_HEADER) != 0
                && ByteBuffer.wrap(is).getInt(VERSION_AT) == 0
                && is[DESTINATION_AT - 1] == ID_BYTES
                && is[SOURCE_AT - 1] == ID_BYTES
                && isSame(is, DESTINATION_AT, SOURCE_AT)
                && isSame(is, SOURCE_AT, DESTINATION_AT);
    }

    private boolean isSame(byte[] answer, int at, int ownAt) {
        return Arrays.equals(answer, at, at + ID_BYTES, octets, ownAt, ownAt + ID_BYTES);
    }
}
