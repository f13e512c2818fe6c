package dev.homing.kit;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramSink;
import dev.homing.datagram.Outbox;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.session.BackendPorts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Backend ports without sockets, within a budget.
public final class FakePorts implements BackendPorts, Outbox {

    /// Where datagrams go that leave through a port; may copy, must not keep.
    public interface Exit {
        void leave(int port, Datagram datagram);
    }

    private final int budget;
    private final Ledger ledger;
    private final Exit exit;
    private final List<FakeSink> sinks = new ArrayList<>();
    private final BitSet ipv4 = new BitSet();

    public FakePorts(int budget, Ledger ledger, Exit exit) {
        this.budget = budget;
        this.ledger = ledger;
        this.exit = exit;
    }

    /// Ports whose datagrams nobody looks at.
    public FakePorts(int budget, Ledger ledger) {
        this(budget, ledger, (port, datagram) -> {});
    }

    @Override
    public int open(boolean isIpv4) {
        int port = sinks.size();
        if (port == budget) {
            ledger.count(Event.BACKEND_PORT_REFUSED);
            return NONE;
        }
        ledger.count(Event.BACKEND_PORT_OPENED);
        sinks.add(new FakeSink(ledger, Side.BACKEND, datagram -> exit.leave(port, datagram)));
        ipv4.set(port, isIpv4);
        return port;
    }

    @Override
    public DatagramSink sink(int port) {
        return sinks.get(port);
    }

    public int opened() {
        return sinks.size();
    }

    public boolean isIpv4(int port) {
        return ipv4.get(port);
    }

    @Override
    public void flush() {
        for (int port = 0; port < sinks.size(); port++) {
            sinks.get(port).flush();
        }
    }
}
