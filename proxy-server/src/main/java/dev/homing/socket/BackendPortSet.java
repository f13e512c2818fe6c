package dev.homing.socket;

import dev.homing.datagram.DatagramSink;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.linux.BrokenMachine;
import dev.homing.linux.SocketMemory;
import dev.homing.linux.SocketMemoryReader;
import dev.homing.linux.UdpSocket;
import dev.homing.quic.IgnoredPorts;
import dev.homing.session.BackendPorts;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A shard's ports toward backends: opened one by one as sessions need them, closed with the
/// shard's loop.
///
/// The shard's thread, but for what is said to be for any.
final class BackendPortSet implements BackendPorts {

    private static final Logger LOG = LoggerFactory.getLogger(BackendPortSet.class);

    /// The kernel chooses at random: so many ignored ports in a row mean that its range has no
    /// others.
    private static final int ATTEMPTS = 8;

    /// Ports are listed in pieces of so many, so that no new one has all others copied.
    private static final int PIECE = 256;

    private final BackendPortOptions options;
    private final ShardLoop loop;
    private final Ledger ledger;

    // The shard's thread writes a port first and the count after it; any thread reads the count
    // first.
    private volatile BackendPort[][] pieces = new BackendPort[1][PIECE];
    private volatile int count;

    /// The kernel said no: it is asked again after the next tick, and not for each datagram in
    /// between.
    private boolean isRefused;

    BackendPortSet(BackendPortOptions options, ShardLoop loop, Ledger ledger) {
        this.options = options;
        this.loop = loop;
        this.ledger = ledger;
    }

    @Override
    public int open(boolean ipv4) {
        if (count == options.maxCount() || isRefused || !tryOpen(ipv4)) {
            ledger.count(Event.BACKEND_PORT_REFUSED);
            return NONE;
        }
        ledger.count(Event.BACKEND_PORT_OPENED);
        return count - 1;
    }

    @Override
    public DatagramSink sink(int port) {
        return port(port);
    }

    private BackendPort port(int number) {
        return pieces[number / PIECE][number % PIECE];
    }

    private boolean tryOpen(boolean ipv4) {
        boolean choosesSource = ipv4 ? options.choosesIpv4Source() : options.choosesIpv6Source();
        try {
            UdpSocket socket =
                    openUsable(() -> UdpSocket.backendPort(ipv4, choosesSource, options.buffers()));
            if (options.joinsTrains()) {
                socket.joinTrains();
            }
            if (options.busyPollMicroseconds() > 0) {
                socket.pollBusily(options.busyPollMicroseconds()); // refused: told of the listeners
            }
            add(loop.register(count, socket));
            return true;
        } catch (BrokenMachine e) {
            isRefused = true;
            LOG.atWarn()
                    .addKeyValue("open", count)
                    .addKeyValue("reason", e.getMessage())
                    .log("backend-port-refused");
            return false;
        }
    }

    /// Opens until the port is one that servers answer to.
    static UdpSocket openUsable(Supplier<UdpSocket> opener) {
        for (int i = 0; i < ATTEMPTS; i++) {
            UdpSocket socket = opener.get();
            if (!IgnoredPorts.contains(socket.port())) {
                return socket;
            }
            socket.close();
        }
        throw new BrokenMachine(
                "The kernel gives only source ports that QUIC servers ignore: widen sysctl"
                        + " net.ipv4.ip_local_port_range");
    }

    private void add(BackendPort port) {
        int number = count;
        int piece = number / PIECE;
        if (piece == pieces.length) {
            BackendPort[][] more = Arrays.copyOf(pieces, piece + 1);
            more[piece] = new BackendPort[PIECE];
            pieces = more;
        }
        pieces[piece][number % PIECE] = port;
        count = number + 1;
    }

    /// Off the hot path, at each tick.
    void tick() {
        isRefused = false;
    }

    void stopReceiving() {
        for (int i = 0; i < count; i++) {
            port(i).stopReceiving();
        }
    }

    /// When nothing is to be sent any more.
    void close() {
        for (int i = 0; i < count; i++) {
            port(i).close();
        }
    }

    /// How many are open. Any thread.
    int count() {
        return count;
    }

    /// What they hold and have lost: the queue is that of the port where most waits, the drops are
    /// those of all. Empty if the kernel does not tell. Any thread; a system call for each port.
    Optional<SocketMemory> memory() {
        int open = count;
        SocketMemoryReader reader = new SocketMemoryReader();
        long fullest = 0;
        long limit = 0;
        long drops = 0;
        for (int i = 0; i < open; i++) {
            Optional<SocketMemory> memory = port(i).socket().memory(reader);
            if (memory.isEmpty()) {
                return memory;
            }
            fullest = Math.max(fullest, memory.get().queueBytes());
            limit = Math.max(limit, memory.get().limitBytes());
            drops += memory.get().drops();
        }
        return Optional.of(new SocketMemory(fullest, limit, drops));
    }
}
