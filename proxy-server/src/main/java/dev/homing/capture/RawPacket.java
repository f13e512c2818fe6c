package dev.homing.capture;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Puts an IP and a UDP header before a payload that came without them.
///
/// ```
/// IPv4 (RFC 791)    | 0x45 | ECN | total length (2) | 0 (2) | DF (2) | TTL | 17 | checksum (2) | from (4) | to (4) |
/// IPv6 (RFC 8200)   | 6, ECN, flow 0 (4) | payload length (2) | 17 | hop limit | from (16) | to (16) |
/// UDP (RFC 768)     | from port (2) | to port (2) | length (2) | checksum (2) | payload
/// ```
///
/// Lengths are those of the whole datagram, however much of it is there. The checksum of UDP is
/// right where all of it is there. Where not, nobody can check it: over IPv4 it is left out (0);
/// over IPv6, which does not allow that (RFC 8200 section 8.1), it is that of the pseudo-header, as
/// in captures of a machine whose device fills it in.
public final class RawPacket {

    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int UDP = 17;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final byte HOPS = 64;

    private RawPacket() {}

    /// Octets that are put before a payload.
    public static int headerBytes(InetSocketAddress from) {
        return UDP_HEADER_BYTES
                + (from.getAddress() instanceof Inet4Address
                        ? IPV4_HEADER_BYTES
                        : IPV6_HEADER_BYTES);
    }

    /// @param from of the same family as `to`
    /// @param payload what there is of it
    /// @param lengthBytes octets of the whole payload
    /// @param ecn the two ECN bits
    public static byte[] of(
            InetSocketAddress from,
            InetSocketAddress to,
            byte[] payload,
            int lengthBytes,
            int ecn) {
        ByteBuffer packet = ByteBuffer.allocate(headerBytes(from) + payload.length);
        byte[] fromIp = from.getAddress().getAddress();
        byte[] toIp = to.getAddress().getAddress();
        if (fromIp.length != toIp.length) {
            throw new IllegalArgumentException(from + " and " + to + " are of two families");
        }
        int udpLength = UDP_HEADER_BYTES + lengthBytes;
        if (from.getAddress() instanceof Inet4Address) {
            packet.put((byte) 0x45)
                    .put((byte) ecn)
                    .putShort((short) (IPV4_HEADER_BYTES + udpLength));
            packet.putShort((short) 0).putShort((short) DONT_FRAGMENT);
            packet.put(HOPS).put((byte) UDP).putShort((short) 0).put(fromIp).put(toIp);
            packet.putShort(10, (short) ~folded(sum(packet, 0, IPV4_HEADER_BYTES)));
        } else {
            packet.putInt(6 << 28 | ecn << 20).putShort((short) udpLength);
            packet.put((byte) UDP).put(HOPS).put(fromIp).put(toIp);
        }
        int udp = packet.position();
        packet.putShort((short) from.getPort()).putShort((short) to.getPort());
        packet.putShort((short) udpLength).putShort((short) 0).put(payload);
        long pseudo = sum(ByteBuffer.wrap(fromIp), 0, fromIp.length);
        pseudo += sum(ByteBuffer.wrap(toIp), 0, toIp.length) + UDP + udpLength;
        boolean isWhole = payload.length == lengthBytes;
        int checksum = 0;
        if (isWhole) {
            int all = ~folded(pseudo + sum(packet, udp, packet.capacity())) & 0xffff;
            checksum = all == 0 ? 0xffff : all; // RFC 768: 0 means that there is none
        } else if (fromIp.length > Integer.BYTES) {
            checksum = folded(pseudo);
        }
        packet.putShort(udp + 6, (short) checksum);
        return packet.array();
    }

    /// RFC 1071: of 16-bit words, the last one filled up with zeros.
    private static long sum(ByteBuffer octets, int from, int end) {
        long sum = 0;
        for (int i = from; i < end; i++) {
            int octet = Byte.toUnsignedInt(octets.get(i));
            sum += (i - from) % 2 == 0 ? octet << 8 : octet;
        }
        return sum;
    }

    private static int folded(long sum) {
        long rest = sum;
        while (rest >>> 16 != 0) {
            rest = (rest & 0xffff) + (rest >>> 16);
        }
        return (int) rest;
    }
}
