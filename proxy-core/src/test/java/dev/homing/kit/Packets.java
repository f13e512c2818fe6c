package dev.homing.kit;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// Builds datagrams that look like QUIC as far as can be seen without keys.
public final class Packets {

    public static final int V1 = 0x00000001;
    public static final int V2 = 0x6b3343cf;
    public static final int V2_DRAFT = 0x709a50c4;
    public static final int DRAFT_29 = 0xff00001d;

    /// draft-ietf-scone-protocol: a packet of this version goes before another one in the datagram.
    public static final int SCONE = 0x6f7dc0fd;

    /// RFC 9000 section 15: reserved so that peers negotiate.
    public static final int GREASED_VERSION = 0x1a2a3a4a;

    /// RFC 9000 section 14.1: the least that a datagram with an Initial packet has.
    public static final int INITIAL_BYTES = 1200;

    private static final int FIXED_BIT = 0x40;

    private Packets() {}

    public static byte[] longHeader(LongType type, int version, Cid dcid, Cid scid, byte... rest) {
        return longHeader(0x80 | FIXED_BIT | type.bits(version) << 4, version, dcid, scid, rest);
    }

    /// @param firstOctet all eight bits of it
    public static byte[] longHeader(int firstOctet, int version, Cid dcid, Cid scid, byte... rest) {
        return ByteBuffer.allocate(7 + dcid.length() + scid.length() + rest.length)
                .put((byte) firstOctet)
                .putInt(version)
                .put((byte) dcid.length())
                .put(dcid.octets())
                .put((byte) scid.length())
                .put(scid.octets())
                .put(rest)
                .array();
    }

    public static byte[] initial(Cid dcid, Cid scid, byte... rest) {
        return longHeader(LongType.INITIAL, V1, dcid, scid, rest);
    }

    public static byte[] handshake(Cid dcid, Cid scid, byte... rest) {
        return longHeader(LongType.HANDSHAKE, V1, dcid, scid, rest);
    }

    public static byte[] retry(Cid dcid, Cid scid, byte... rest) {
        return longHeader(LongType.RETRY, V1, dcid, scid, rest);
    }

    public static byte[] shortHeader(Cid dcid, byte... rest) {
        return ByteBuffer.allocate(1 + dcid.length() + rest.length)
                .put((byte) FIXED_BIT)
                .put(dcid.octets())
                .put(rest)
                .array();
    }

    /// RFC 8999 section 6: what a server answers to a version that it does not know.
    public static byte[] versionNegotiation(Cid dcid, Cid scid, int... versions) {
        ByteBuffer list = ByteBuffer.allocate(versions.length * Integer.BYTES);
        for (int version : versions) {
            list.putInt(version);
        }
        return longHeader(0x80 | 0x2a, 0, dcid, scid, list.array());
    }

    /// RFC 9000 section 10.3: looks like a short header with a random connection ID.
    public static byte[] statelessReset(SplittableRandom random, int length) {
        byte[] reset = new byte[length];
        random.nextBytes(reset);
        reset[0] = (byte) (reset[0] & 0x3f | FIXED_BIT);
        return reset;
    }
}
