package dev.homing.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Finds the UDP datagram in an IP packet.
///
/// ```
/// IPv4 (RFC 791)    0    | version, header words | 2 total length | 6 MF, fragment offset | 9 protocol | 12 from | 16 to
/// IPv6 (RFC 8200)   0    | version | 4 payload length | 6 next header | 8 from | 24 to | 40 extensions
/// extension              | next header | length | ...
/// UDP (RFC 768)          | from port (2) | to port (2) | length (2) | checksum (2) | payload
/// ```
///
/// Checksums are not looked at: on the sending machine the device fills them in after the capture.
final class IpPacket {

    private static final int IPV6_HEADER_BYTES = 40;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int UDP_HEADER_BYTES = 8;

    private static final int UDP = 17;
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION = 60;

    private final byte[] frame;
    private final ByteBuffer octets;
    private final int start;

    private IpPacket(byte[] frame, int start) {
        this.frame = frame;
        octets = ByteBuffer.wrap(frame);
        this.start = start;
    }

    /// @param start of the packet in the frame, which is not the frame's end
    static Content content(byte[] frame, int start) {
        IpPacket packet = new IpPacket(frame, start);
        return switch (packet.octet(start) >> 4) {
            case 4 -> packet.ofIpv4();
            case 6 -> packet.ofIpv6();
            default -> Content.Other.NOT_IP;
        };
    }

    private Content ofIpv4() {
        if (start + IPV4_HEADER_BYTES > octets.capacity()) {
            return Content.Other.CUT_OFF;
        }
        int headerBytes = 4 * (octet(start) & 0xf);
        // 0 on a machine that leaves the cutting into packets to its device.
        int total = word(start + 2) == 0 ? octets.capacity() - start : word(start + 2);
        if (headerBytes < IPV4_HEADER_BYTES || total < headerBytes) {
            return Content.Other.DAMAGED;
        }
        if ((word(start + 6) & 0x3fff) != 0) {
            return Content.Other.FRAGMENT;
        }
        return octet(start + 9) == UDP
                ? udp(start + headerBytes, start + total, start + 12, 4)
                : Content.Other.NOT_UDP;
    }

    private Content ofIpv6() {
        if (start + IPV6_HEADER_BYTES > octets.capacity()) {
            return Content.Other.CUT_OFF;
        }
        int payload = word(start + 4);
        int at = start + IPV6_HEADER_BYTES;
        int end = payload == 0 ? octets.capacity() : at + payload;
        int header = octet(start + 6);
        while (header != UDP) {
            if (!isExtension(header)) {
                return Content.Other.NOT_UDP;
            }
            if (at + 8 > octets.capacity()) {
                return Content.Other.CUT_OFF;
            }
            // Offset 0 and nothing to follow: a whole packet all the same (RFC 6946).
            if (header == FRAGMENT && (word(at + 2) & 0xfff9) != 0) {
                return Content.Other.FRAGMENT;
            }
            int length =
                    switch (header) {
                        case FRAGMENT -> 8;
                        case AUTHENTICATION -> 4 * (octet(at + 1) + 2);
                        default -> 8 * (octet(at + 1) + 1);
                    };
            header = octet(at);
            at += length;
        }
        return udp(at, end, start + 8, 16);
    }

    private static boolean isExtension(int header) {
        return header == HOP_BY_HOP
                || header == ROUTING
                || header == FRAGMENT
                || header == AUTHENTICATION
                || header == DESTINATION;
    }

    /// @param at of the UDP header
    /// @param end of the IP packet, as it says
    /// @param addresses offset of the two addresses
    private Content udp(int at, int end, int addresses, int addressBytes) {
        int payload = at + UDP_HEADER_BYTES;
        if (payload > octets.capacity()) {
            return Content.Other.CUT_OFF;
        }
        // 0 for more than it can say (RFC 2675 section 4).
        int length = word(at + 4) == 0 ? end - at : word(at + 4);
        if (length < UDP_HEADER_BYTES || at + length > end) {
            return Content.Other.DAMAGED;
        }
        return new UdpDatagram(
                new InetSocketAddress(address(addresses, addressBytes), word(at)),
                new InetSocketAddress(
                        address(addresses + addressBytes, addressBytes), word(at + 2)),
                Arrays.copyOfRange(frame, payload, Math.min(at + length, frame.length)),
                length - UDP_HEADER_BYTES);
    }

    private InetAddress address(int offset, int count) {
        byte[] address = new byte[count];
        octets.get(offset, address);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 are lengths of addresses", e);
        }
    }

    private int octet(int offset) {
        return Byte.toUnsignedInt(octets.get(offset));
    }

    private int word(int offset) {
        return Short.toUnsignedInt(octets.getShort(offset));
    }
}
