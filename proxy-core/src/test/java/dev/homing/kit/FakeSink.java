package dev.homing.kit;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramSink;
import dev.homing.datagram.Outbox;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import org.jspecify.annotations.Nullable;

/// Stands in for a socket: keeps what is sent until the flush, then lets it go out, books it and
/// releases the slot, as a socket does. Allocates nothing of its own.
public final class FakeSink implements DatagramSink, Outbox {

    /// Where datagrams go when they leave; may copy, must not keep.
    public interface Exit {
        void leave(Datagram datagram);
    }

    private final Ledger ledger;
    private final Side to;
    private final Exit exit;
    private @Nullable Datagram head;
    private @Nullable Datagram tail;

    public FakeSink(Ledger ledger, Side to, Exit exit) {
        this.ledger = ledger;
        this.to = to;
        this.exit = exit;
    }

    @Override
    public void send(Datagram datagram) {
        datagram.setNext(null);
        if (tail == null) {
            head = datagram;
        } else {
            tail.setNext(datagram);
        }
        tail = datagram;
    }

    @Override
    public void flush() {
        Datagram datagram = head;
        head = null;
        tail = null;
        while (datagram != null) {
            Datagram next = datagram.next();
            datagram.setNext(null);
            exit.leave(datagram);
            ledger.sent(to, datagram.count(), datagram.lengthBytes());
            datagram.release();
            datagram = next;
        }
    }
}
