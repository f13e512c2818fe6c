package dev.homing.rehearsal;

import dev.homing.datagram.Datagram;
import java.nio.ByteBuffer;

/// Packets of version 1 (RFC 9000 section 17), as far as a load balancer sees them.
///
/// ```
/// long    | c0 or e0 | 00000001 | length (1) | DCID | length (1) | SCID | …    | pool (1) | client (2) |
/// short   | 40 | DCID                                                   | …    | pool (1) | client (2) |
/// ```
///
/// The last three octets are for the servers and clients of the rehearsal. A client's connection ID
/// has eight octets.
final class Packet {

    static final byte INITIAL = (byte) 0xc0;
    static final byte HANDSHAKE = (byte) 0xe0;
    static final int ID_BYTES = 8;
    static final int TRAILER_BYTES = 3;

    private static final byte SHORT = 0x40;
    private static final int V1 = 1;
    private static final int DCID = 6;

    private Packet() {}

    /// @param lengthBytes of the datagram
    static void writeLong(
            Datagram datagram, byte first, byte[] dcid, byte[] scid, int lengthBytes) {
        ByteBuffer octets = clear(datagram, lengthBytes);
        octets.put(first)
                .putInt(V1)
                .put((byte) dcid.length)
                .put(dcid)
                .put((byte) scid.length)
                .put(scid);
        datagram.setPayload(lengthBytes, 0, 0);
    }

    /// Writes a train, or a single datagram.
    ///
    /// @param count of packets in it
    /// @param lengthBytes of each
    static void writeShort(Datagram datagram, byte[] dcid, int count, int lengthBytes) {
        ByteBuffer octets = clear(datagram, count * lengthBytes);
        for (int i = 0; i < count; i++) {
            octets.position(i * lengthBytes).put(SHORT).put(dcid);
        }
        datagram.setPayload(count * lengthBytes, count > 1 ? lengthBytes : 0, 0);
    }

    /// After the packet is written.
    static void writeTrailer(Datagram datagram, int pool, int client) {
        octets(datagram)
                .put(datagram.lengthBytes() - TRAILER_BYTES, (byte) pool)
                .putShort(datagram.lengthBytes() - 2, (short) client);
    }

    static boolean isLong(Datagram datagram) {
        return octets(datagram).get(0) < 0;
    }

    /// Whether it is of a version that clients here have not: a health probe.
    static boolean isProbe(Datagram datagram) {
        return isLong(datagram) && octets(datagram).getInt(1) != V1;
    }

    /// Version Negotiation: both connection IDs exchanged, and the version that there is (RFC 8999
    /// section 6).
    static void writeVersionNegotiation(Datagram datagram, Datagram probe) {
        ByteBuffer from = octets(probe);
        byte[] dcid = new byte[from.get(DCID - 1)];
        from.get(DCID, dcid);
        byte[] scid = scid(probe);
        int lengthBytes = DCID + scid.length + 1 + dcid.length + Integer.BYTES;
        clear(datagram, lengthBytes)
                .put(INITIAL)
                .putInt(0)
                .put((byte) scid.length)
                .put(scid)
                .put((byte) dcid.length)
                .put(dcid)
                .putInt(V1);
        datagram.setPayload(lengthBytes, 0, 0);
    }

    static int pool(Datagram datagram) {
        return octets(datagram).get(datagram.lengthBytes() - TRAILER_BYTES);
    }

    static int client(Datagram datagram) {
        return octets(datagram).getShort(datagram.lengthBytes() - 2);
    }

    /// The source connection ID of a long header.
    static byte[] scid(Datagram datagram) {
        ByteBuffer octets = octets(datagram);
        int at = DCID + octets.get(DCID - 1);
        byte[] scid = new byte[octets.get(at)];
        octets.get(at + 1, scid);
        return scid;
    }

    private static ByteBuffer clear(Datagram datagram, int lengthBytes) {
        datagram.bytes().asSlice(0, lengthBytes).fill((byte) 0);
        return octets(datagram);
    }

    private static ByteBuffer octets(Datagram datagram) {
        return datagram.bytes().asByteBuffer();
    }
}
