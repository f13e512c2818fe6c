package dev.homing.datagram;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// A mutable IP address and port of a datagram: 128 bits in network order, in two words.
///
/// ```
/// IPv4   high = 0                    low = 0x0000ffff_aabbccdd     (IPv4-mapped, RFC 4291 section 2.5.5.2)
/// IPv6   high = octets 0..7          low = octets 8..15
/// none   high = 0                    low = 0                       (unspecified: the kernel chooses)
/// ```
///
/// One owner at a time, as the datagram it belongs to.
public final class Address {

    private static final long MAPPED_PREFIX = 0x0000_ffff_0000_0000L;

    private long high;
    private long low;
    private int port;
    private int scope;

    /// Of a resolved address. Makes objects: not for the hot path.
    public static Address of(InetSocketAddress socketAddress) {
        Address address = new Address();
        InetAddress ip = socketAddress.getAddress();
        ByteBuffer octets = ByteBuffer.wrap(ip.getAddress());
        if (octets.capacity() == Integer.BYTES) {
            address.setIpv4(octets.getInt(), socketAddress.getPort());
        } else {
            int scope = ip instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
            address.set(octets.getLong(), octets.getLong(), socketAddress.getPort(), scope);
        }
        return address;
    }

    /// @param port 0..65535
    /// @param scope the interface of a link-local IPv6 address (RFC 4007 section 11), else 0
    public void set(long high, long low, int port, int scope) {
        this.high = high;
        this.low = low;
        this.port = port;
        this.scope = scope;
    }

    public void set(Address other) {
        set(other.high, other.low, other.port, other.scope);
    }

    /// @param ipv4 the four octets in network order, first octet in the highest bits
    public void setIpv4(int ipv4, int port) {
        set(0, mapped(ipv4), port, 0);
    }

    public void clear() {
        set(0, 0, 0, 0);
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    public int port() {
        return port;
    }

    public int scope() {
        return scope;
    }

    public boolean isSpecified() {
        return (high | low) != 0;
    }

    public boolean isIpv4() {
        return isIpv4(high, low);
    }

    /// The four octets of an IPv4 address, first octet in the highest bits.
    public int ipv4() {
        return (int) low;
    }

    /// As the JDK has it. Makes objects: not for the hot path.
    public InetAddress toInetAddress() {
        ByteBuffer octets =
                isIpv4()
                        ? ByteBuffer.allocate(Integer.BYTES).putInt(ipv4())
                        : ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low);
        try {
            return InetAddress.getByAddress(octets.array());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 are lengths of addresses", e);
        }
    }

    public static boolean isIpv4(long high, long low) {
        return high == 0 && (low & 0xffff_ffff_0000_0000L) == MAPPED_PREFIX;
    }

    /// The low word of an IPv4 address.
    public static long mapped(int ipv4) {
        return MAPPED_PREFIX | (ipv4 & 0xffff_ffffL);
    }
}
