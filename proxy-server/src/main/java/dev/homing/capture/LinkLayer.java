package dev.homing.capture;

import java.nio.ByteBuffer;

/// Finds the IP packet in a frame (link types as registered by tcpdump.org).
///
/// ```
///   0, 108      BSD loopback   | address family (4), in anybody's byte order | IP
///   1           Ethernet       | to (6) | from (6) | tags (4 each) | type (2) | IP
///  12, 14, 101  raw            | IP
/// 228, 229     raw IPv4, IPv6  | IP
/// 113           Linux cooked   | 14 octets | type (2) | IP
/// 276           Linux cooked 2 | type (2) | 18 octets | IP
/// ```
final class LinkLayer {

    /// Instead of an offset: something else than IP.
    static final int NOT_IP = -1;

    /// Instead of an offset: nothing is known of this link type.
    static final int UNKNOWN = -2;

    /// Instead of an offset: the frame ends before.
    static final int CUT_OFF = -3;

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;

    private LinkLayer() {}

    /// Where the IP packet begins, or one of the constants.
    static int ipOffset(int linkType, byte[] frame) {
        return switch (linkType) {
            case 0, 108 -> loopback(frame);
            case 1 -> ethernet(frame);
            case 12, 14, 101, 228, 229 -> frame.length == 0 ? CUT_OFF : 0;
            case 113 -> behind(frame, 14, 16);
            case 276 -> behind(frame, 0, 20);
            default -> UNKNOWN;
        };
    }

    private static int ethernet(byte[] frame) {
        int at = 12;
        while (at + 2 <= frame.length && isTag(type(frame, at))) {
            at += 4;
        }
        return behind(frame, at, at + 2);
    }

    /// IEEE 802.1Q, 802.1ad, and what came before the latter.
    private static boolean isTag(int type) {
        return type == 0x8100 || type == 0x88a8 || type == 0x9100;
    }

    private static int behind(byte[] frame, int typeOffset, int ipOffset) {
        if (ipOffset >= frame.length) {
            return CUT_OFF;
        }
        int type = type(frame, typeOffset);
        return type == IPV4 || type == IPV6 ? ipOffset : NOT_IP;
    }

    private static int type(byte[] frame, int offset) {
        return Short.toUnsignedInt(ByteBuffer.wrap(frame).getShort(offset));
    }

    /// AF_INET is 2 everywhere; AF_INET6 is 10, 24, 28 or 30.
    private static int loopback(byte[] frame) {
        if (frame.length <= 4) {
            return CUT_OFF;
        }
        int family = ByteBuffer.wrap(frame).getInt();
        if ((family & 0xffff) == 0) {
            family = Integer.reverseBytes(family);
        }
        return switch (family) {
            case 2, 10, 24, 28, 30 -> 4;
            default -> NOT_IP;
        };
    }
}
