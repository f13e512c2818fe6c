package dev.homing.socket;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramSink;
import dev.homing.ledger.Side;
import dev.homing.linux.UdpSocket;
import org.jspecify.annotations.Nullable;

/// One socket as a shard sends through it: what waits there for the next flush of the shard's
/// [SendQueue], in order.
///
/// The way to the clients is the listening socket, which several shards may send through, each by
/// an outlet of its own. The shard's thread.
final class Outlet implements DatagramSink {

    private final SendQueue queue;
    private final UdpSocket socket;
    private final Side side;

    private @Nullable Datagram first;
    private @Nullable Datagram last;

    /// The next one of the queue's outlets that have something waiting.
    private @Nullable Outlet next;

    /// @param side where the socket sends to
    Outlet(SendQueue queue, UdpSocket socket, Side side) {
        this.queue = queue;
        this.socket = socket;
        this.side = side;
    }

    UdpSocket socket() {
        return socket;
    }

    Side side() {
        return side;
    }

    @Override
    public void send(Datagram datagram) {
        queue.put(this, datagram);
    }

    boolean isEmpty() {
        return first == null;
    }

    void append(Datagram datagram) {
        datagram.setNext(null);
        if (last == null) {
            first = datagram;
        } else {
            last.setNext(datagram);
        }
        last = datagram;
    }

    /// Takes all that waits, as a list.
    @Nullable Datagram takeAll() {
        Datagram all = first;
        first = null;
        last = null;
        return all;
    }

    @Nullable Outlet next() {
        return next;
    }

    void setNext(@Nullable Outlet next) {
        this.next = next;
    }
}
