package dev.homing.linux;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import java.lang.foreign.MemorySegment;

/// What travels beside a datagram's payload, in both directions (cmsg(3)).
///
/// ```
/// struct cmsghdr { size_t cmsg_len; int cmsg_level; int cmsg_type; u8 data[]; }   the next one begins at a multiple of 8
///                  0                8               12             16
///
/// level     type              data
/// SOL_IP    IP_PKTINFO        struct in_pktinfo  { int ifindex; u32 spec_dst; u32 addr; }
///                                                  0            4             8
/// SOL_IPV6  IPV6_PKTINFO      struct in6_pktinfo { u8 addr[16]; unsigned ifindex; }
///                                                  0            16
/// SOL_IP    IP_TOS            u8 when received, int when sent
/// SOL_IPV6  IPV6_TCLASS       int
/// SOL_UDP   UDP_GRO           int, the segment's length, received only
/// SOL_UDP   UDP_SEGMENT       u16, the segment's length, sent only
/// ```
///
/// One thread. What was read holds until the next [#read].
final class ControlMessages {

    /// The longest set: in6_pktinfo (40), traffic class (24), segment (24), each with its header;
    /// and half as much again.
    static final int CAPACITY_BYTES = 128;

    // bits/in.h, linux/in6.h, netinet/udp.h
    static final int SOL_IP = 0;
    static final int SOL_IPV6 = 41;
    static final int SOL_UDP = 17;
    static final int IP_TOS = 1;
    static final int IP_PKTINFO = 8;
    static final int IP_RECVERR = 11;
    static final int IPV6_RECVERR = 25;
    static final int IPV6_PKTINFO = 50;
    static final int IPV6_TCLASS = 67;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;

    static final int CMSG_LEVEL = 8;
    static final int CMSG_TYPE = 12;
    static final int CMSG_DATA = 16;

    private static final int IN_PKTINFO_BYTES = 12;
    private static final int IN_SPEC_DST = 4;
    private static final int IN_ADDR = 8;
    private static final int IN6_PKTINFO_BYTES = 20;
    private static final int IN6_IFINDEX = 16;

    /// RFC 3168 section 5: the lower two bits of the octet that was the type of service.
    private static final int ECN_MASK = 0b11;

    private int ecn;
    private int segmentBytes;

    int ecn() {
        return ecn;
    }

    /// The length of each datagram of a train but the last, or 0.
    int segmentBytes() {
        return segmentBytes;
    }

    /// @param local gets the address that the datagram was sent to; is left as it is when the
    ///   kernel does not tell
    void read(MemorySegment memory, long offset, long length, Address local) {
        ecn = 0;
        segmentBytes = 0;
        long end = offset + length;
        long at = offset;
        while (at + CMSG_DATA <= end) {
            long bytes = memory.get(CTypes.WORD, at);
            if (bytes < CMSG_DATA || bytes > end - at) {
                return; // CMSG_NXTHDR(3) stops there as well
            }
            readOne(memory, at, local);
            at += align(bytes);
        }
    }

    private void readOne(MemorySegment memory, long at, Address local) {
        int level = memory.get(CTypes.INT, at + CMSG_LEVEL);
        int type = memory.get(CTypes.INT, at + CMSG_TYPE);
        long data = at + CMSG_DATA;
        if (level == SOL_IP && type == IP_PKTINFO) {
            local.setIpv4(memory.get(CTypes.NET32, data + IN_ADDR), 0);
        } else if (level == SOL_IPV6 && type == IPV6_PKTINFO) {
            long high = memory.get(CTypes.NET64, data);
            int ifindex = memory.get(CTypes.INT, data + IN6_IFINDEX);
            local.set(
                    high,
                    memory.get(CTypes.NET64, data + Long.BYTES),
                    0,
                    SocketAddress.isLinkLocal(high) ? ifindex : 0);
        } else if (level == SOL_IP && type == IP_TOS) {
            ecn = memory.get(CTypes.U8, data) & ECN_MASK;
        } else if (level == SOL_IPV6 && type == IPV6_TCLASS) {
            ecn = memory.get(CTypes.INT, data) & ECN_MASK;
        } else if (level == SOL_UDP && type == UDP_GRO) {
            segmentBytes = memory.get(CTypes.INT, data);
        }
    }

    /// Writes what a datagram needs to leave as it shall: its source address unless the socket has
    /// it anyway, its ECN mark, and where a train is to be cut.
    ///
    /// @param segmentBytes of a train, else 0
    /// @return the length of all of it, 0 when nothing is needed
    static int write(
            MemorySegment memory,
            long offset,
            Datagram datagram,
            int segmentBytes,
            UdpSocket socket) {
        long at = offset;
        Address local = datagram.local();
        if (local.isSpecified() && !socket.isBoundTo(local)) {
            at = writeSource(memory, at, local, socket.isIpv6());
        }
        if (datagram.ecn() != 0) {
            // An IPv4-mapped peer is reached by IPv4, even through an IPv6 socket: its mark is the
            // type of service.
            boolean ipv4 = datagram.peer().isIpv4();
            memory.set(CTypes.INT, at + CMSG_DATA, datagram.ecn());
            at =
                    write(
                            memory,
                            at,
                            ipv4 ? SOL_IP : SOL_IPV6,
                            ipv4 ? IP_TOS : IPV6_TCLASS,
                            Integer.BYTES);
        }
        if (segmentBytes > 0) {
            memory.set(CTypes.U16, at + CMSG_DATA, (short) segmentBytes);
            at = write(memory, at, SOL_UDP, UDP_SEGMENT, Short.BYTES);
        }
        return (int) (at - offset);
    }

    private static long writeSource(
            MemorySegment memory, long at, Address local, boolean ipv6Socket) {
        long data = at + CMSG_DATA;
        if (ipv6Socket) { // also for an IPv4-mapped address
            memory.set(CTypes.NET64, data, local.high());
            memory.set(CTypes.NET64, data + Long.BYTES, local.low());
            memory.set(
                    CTypes.INT,
                    data + IN6_IFINDEX,
                    SocketAddress.isLinkLocal(local.high()) ? local.scope() : 0);
            return write(memory, at, SOL_IPV6, IPV6_PKTINFO, IN6_PKTINFO_BYTES);
        }
        memory.set(CTypes.INT, data, 0); // any interface
        memory.set(CTypes.NET32, data + IN_SPEC_DST, local.ipv4());
        memory.set(CTypes.NET32, data + IN_ADDR, 0);
        return write(memory, at, SOL_IP, IP_PKTINFO, IN_PKTINFO_BYTES);
    }

    /// Writes the header of a message whose data is in place.
    ///
    /// @return where the next one begins (CMSG_SPACE(3))
    private static long write(MemorySegment memory, long at, int level, int type, int dataBytes) {
        memory.set(CTypes.WORD, at, CMSG_DATA + dataBytes);
        memory.set(CTypes.INT, at + CMSG_LEVEL, level);
        memory.set(CTypes.INT, at + CMSG_TYPE, type);
        return at + align(CMSG_DATA + dataBytes);
    }

    /// Whether the message at an offset is one of the error queue.
    static boolean isReceivedError(MemorySegment memory, long at) {
        int level = memory.get(CTypes.INT, at + CMSG_LEVEL);
        int type = memory.get(CTypes.INT, at + CMSG_TYPE);
        return level == SOL_IP && type == IP_RECVERR || level == SOL_IPV6 && type == IPV6_RECVERR;
    }

    static long align(long bytes) {
        return bytes + Long.BYTES - 1 & -Long.BYTES;
    }
}
