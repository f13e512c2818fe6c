package dev.homing.kit;

import dev.homing.datagram.Address;
import dev.homing.route.Backend;

/// An address and port as a value, fit to be the key of a map.
public record Place(long high, long low, int port) {

    public static Place ipv4(int ipv4, int port) {
        return new Place(0, Address.mapped(ipv4), port);
    }

    public static Place of(Address address) {
        return new Place(address.high(), address.low(), address.port());
    }

    public static Place of(Backend backend) {
        return new Place(backend.high(), backend.low(), backend.port());
    }

    public boolean isIpv4() {
        return Address.isIpv4(high, low);
    }

    public Place withPort(int newPort) {
        return new Place(high, low, newPort);
    }

    public void write(Address into) {
        into.set(high, low, port, 0);
    }

    @Override
    public String toString() {
        return isIpv4()
                ? "%08x:%d".formatted((int) low, port)
                : "[%x:%x]:%d".formatted(high, low, port);
    }
}
