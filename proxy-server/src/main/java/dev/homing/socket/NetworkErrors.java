package dev.homing.socket;

import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.linux.ErrorQueue;
import dev.homing.linux.UdpSocket;

/// What the network reports about datagrams to backends (ICMP): counted, and otherwise left to the
/// ends, who retransmit.
///
/// One thread.
final class NetworkErrors {

    private final ErrorQueue queue;
    private final Ledger ledger;

    NetworkErrors(ErrorQueue queue, Ledger ledger) {
        this.queue = queue;
        this.ledger = ledger;
    }

    /// Takes the reports off a backend port.
    ///
    /// @return how many there were
    int drain(UdpSocket socket) {
        int reports = queue.drain(socket);
        for (int i = 0; i < reports; i++) {
            ledger.count(Event.ICMP_ERROR);
        }
        return reports;
    }
}
