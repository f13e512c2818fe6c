package dev.homing.control.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// Finds backends that are ourselves: each datagram would come in again, for ever.
final class Loops {

    private final List<Configuration.Listener> listeners;
    private final Network network;

    Loops(List<Configuration.Listener> listeners, Network network) {
        this.listeners = listeners;
        this.network = network;
    }

    /// The listener that would receive what is sent to an address.
    Optional<InetSocketAddress> listenerAt(InetSocketAddress backend) {
        return listeners.stream()
                .map(Configuration.Listener::address)
                .filter(listener -> receives(listener, backend))
                .findFirst();
    }

    private boolean receives(InetSocketAddress listener, InetSocketAddress backend) {
        if (listener.getPort() != backend.getPort()) {
            return false;
        }
        InetAddress here = listener.getAddress();
        if (!here.isAnyLocalAddress()) {
            return here.equals(backend.getAddress());
        }
        // ipv6(7): a socket bound to :: receives IPv4 as well, one bound to 0.0.0.0 only IPv4.
        boolean isCovered =
                here instanceof Inet6Address || !(backend.getAddress() instanceof Inet6Address);
        return isCovered && network.isOwn(backend.getAddress());
    }
}
