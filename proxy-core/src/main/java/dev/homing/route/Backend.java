package dev.homing.route;

import dev.homing.datagram.Address;
import java.net.InetSocketAddress;

/// A QUIC server at a backend address.
///
/// @param id number of this address, which tables store: given to another only when all numbers are
///   given and this address has long been in no table
/// @param name as the operator calls it
/// @param high upper word of the address, as in [dev.homing.datagram.Address]
/// @param low lower word of the address
/// @param port UDP port
public record Backend(int id, String name, long high, long low, int port) {

    /// Ids are 0 to this, exclusive: 14 bits in the table of connection IDs, one value of which
    /// means none.
    public static final int MAX_COUNT = (1 << 14) - 1;

    public static Backend of(int id, String name, InetSocketAddress address) {
        Address words = Address.of(address);
        return new Backend(id, name, words.high(), words.low(), words.port());
    }

    /// Where it is. Makes objects: not for the hot path.
    public InetSocketAddress address() {
        Address words = new Address();
        words.set(high, low, port, 0);
        return new InetSocketAddress(words.toInetAddress(), port);
    }

    public boolean isIpv4() {
        return Address.isIpv4(high, low);
    }
}
