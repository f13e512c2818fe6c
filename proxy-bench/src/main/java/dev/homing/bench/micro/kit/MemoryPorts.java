package dev.homing.bench.micro.kit;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramSink;
import dev.homing.session.BackendPorts;

/// Backend ports without sockets: what is sent through them is released at once.
///
/// One of them can be told to remember where the last datagram left, so that it can be answered.
public final class MemoryPorts implements BackendPorts {

    private static final DatagramSink RELEASING = Datagram::release;

    private final int budget;
    private final Address lastBackend = new Address();
    private final Address lastSource = new Address();
    private final DatagramSink remembering = this::remember;
    private boolean isRemembering;
    private int lastPort;
    private int opened;

    /// @param budget how many ports may be opened
    public MemoryPorts(int budget) {
        this.budget = budget;
    }

    @Override
    public int open(boolean ipv4) {
        return opened == budget ? NONE : opened++;
    }

    @Override
    public DatagramSink sink(int port) {
        if (isRemembering) {
            lastPort = port;
            return remembering;
        }
        return RELEASING;
    }

    private void remember(Datagram datagram) {
        lastBackend.set(datagram.peer());
        lastSource.set(datagram.local());
        datagram.release();
    }

    /// Whether it is to remember: on while a benchmark is set up, off while it is measured.
    public void remember(boolean on) {
        isRemembering = on;
    }

    public Address lastBackend() {
        return lastBackend;
    }

    public Address lastSource() {
        return lastSource;
    }

    public int lastPort() {
        return lastPort;
    }
}
