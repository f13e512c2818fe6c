package dev.homing.linux;

import dev.homing.datagram.Address;
import java.lang.foreign.MemorySegment;

/// Socket addresses as the kernel reads and writes them.
///
/// ```
/// struct sockaddr_in  { u16 family = AF_INET;  u16 port; u32 address; u8 zero[8] }                     16 octets
///                       0                      2         4            8
/// struct sockaddr_in6 { u16 family = AF_INET6; u16 port; u32 flowinfo; u8 address[16]; u32 scope_id }  28 octets
///                       0                      2         4             8               24
/// ```
///
/// Ports and addresses are in network order. An AF_INET6 socket speaks of IPv4 as IPv4-mapped
/// addresses, as [Address] itself does.
final class SocketAddress {

    // bits/socket.h
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    static final int SIZEOF_SOCKADDR_IN = 16;
    static final int SIZEOF_SOCKADDR_IN6 = 28;

    private static final long PORT = 2;
    private static final long IN_ADDRESS = 4;
    private static final long IN_ZERO = 8;
    private static final long IN6_FLOWINFO = 4;
    private static final long IN6_ADDRESS = 8;
    private static final long IN6_SCOPE_ID = 24;

    private SocketAddress() {}

    static void read(MemorySegment memory, long offset, Address address) {
        int port = Short.toUnsignedInt(memory.get(CTypes.NET16, offset + PORT));
        if (memory.get(CTypes.U16, offset) == AF_INET) {
            address.setIpv4(memory.get(CTypes.NET32, offset + IN_ADDRESS), port);
            return;
        }
        long high = memory.get(CTypes.NET64, offset + IN6_ADDRESS);
        long low = memory.get(CTypes.NET64, offset + IN6_ADDRESS + Long.BYTES);
        int scope = isLinkLocal(high) ? memory.get(CTypes.INT, offset + IN6_SCOPE_ID) : 0;
        address.set(high, low, port, scope);
    }

    /// @return the length of what was written
    static int write(MemorySegment memory, long offset, Address address, boolean ipv6Socket) {
        memory.set(CTypes.NET16, offset + PORT, (short) address.port());
        if (!ipv6Socket) {
            assert address.isIpv4() || !address.isSpecified() : "an IPv4 socket cannot reach IPv6";
            memory.set(CTypes.U16, offset, (short) AF_INET);
            memory.set(CTypes.NET32, offset + IN_ADDRESS, address.ipv4());
            memory.set(CTypes.WORD, offset + IN_ZERO, 0);
            return SIZEOF_SOCKADDR_IN;
        }
        memory.set(CTypes.U16, offset, (short) AF_INET6);
        memory.set(CTypes.INT, offset + IN6_FLOWINFO, 0);
        memory.set(CTypes.NET64, offset + IN6_ADDRESS, address.high());
        memory.set(CTypes.NET64, offset + IN6_ADDRESS + Long.BYTES, address.low());
        memory.set(CTypes.INT, offset + IN6_SCOPE_ID, address.scope());
        return SIZEOF_SOCKADDR_IN6;
    }

    /// fe80::/10 (RFC 4291 section 2.5.6): such an address means nothing without the interface.
    static boolean isLinkLocal(long high) {
        return high >>> 54 == 0xfe80 >>> 6;
    }
}
