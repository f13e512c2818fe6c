package dev.homing.socket;

import dev.homing.datagram.Address;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.linux.ErrorQueue;
import dev.homing.linux.UdpSocket;
import dev.homing.route.Backend;
import dev.homing.route.RoutingFeed;

/// What the network reports about datagrams to backends (ICMP): counted, also by backend, and
/// otherwise left to the ends, who retransmit.
///
/// One thread.
final class NetworkErrors implements ErrorQueue.Reports {

    private final ErrorQueue queue;
    private final RoutingFeed routing;
    private final Ledger ledger;

    NetworkErrors(ErrorQueue queue, RoutingFeed routing, Ledger ledger) {
        this.queue = queue;
        this.routing = routing;
        this.ledger = ledger;
    }

    /// Takes the reports off a backend port.
    ///
    /// @return how many there were
    int drain(UdpSocket socket) {
        return queue.drain(socket, this);
    }

    @Override
    public void unreachable(Address address) {
        ledger.count(Event.ICMP_ERROR);
        Backend backend = routing.latest().backendAt(address.high(), address.low(), address.port());
        if (backend != null) {
            ledger.backendIcmpError(backend.id());
        }
    }
}
