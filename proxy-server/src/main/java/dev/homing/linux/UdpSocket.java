package dev.homing.linux;

import dev.homing.datagram.Address;
import dev.homing.linux.steering.SteeringProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A non-blocking UDP socket, bound and never connected.
///
/// Opened and closed by any thread; in between, the kernel lets any number of threads send and
/// receive. It must outlive them: once closed, its number may be another file's.
public final class UdpSocket implements AutoCloseable {

    // bits/socket_type.h
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;

    private static final int CLOSED = -1;

    private int fd;
    private final boolean isIpv6;
    private final Address bound = new Address();
    private final SocketOptions options;
    private SocketBuffers buffers = new SocketBuffers(0, 0);
    private int busyPollErrno;
    private boolean isOpen = true;
    private final WrappingCounter drops = new WrappingCounter();
    private long limitBytes;
    private long dropped;

    private UdpSocket(boolean isIpv6) {
        this.isIpv6 = isIpv6;
        Syscalls syscalls = new Syscalls();
        fd =
                syscalls.socket(
                        isIpv6 ? SocketAddress.AF_INET6 : SocketAddress.AF_INET,
                        SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
                        0);
        if (fd < 0) {
            throw new BrokenMachine("socket", -fd, SocketRemedies.open(-fd));
        }
        options = new SocketOptions(syscalls, fd);
    }

    /// Opens the sockets of one listening address, which share its port: the kernel spreads flows
    /// over them.
    ///
    /// The first one is bound before it agrees to share, so that a port that another process has is
    /// an error. Were all of them bound with SO_REUSEPORT, a second Homing by the same user would
    /// get half of the clients, and nobody a word.
    ///
    /// ICMP errors are not collected here: they would come from strangers, about clients, and fail
    /// the next datagram to another client.
    ///
    /// @param address with port 0 for one that the kernel chooses
    /// @param count how many threads are to receive there
    public static List<UdpSocket> listen(
            InetSocketAddress address, int count, SocketBuffers buffers) {
        List<UdpSocket> sockets = new ArrayList<>(count);
        try {
            int port = address.getPort();
            for (int i = 0; i < count; i++) {
                UdpSocket socket = new UdpSocket(address.getAddress() instanceof Inet6Address);
                sockets.add(socket);
                if (i > 0) {
                    socket.options.sharePort();
                }
                socket.listen(new InetSocketAddress(address.getAddress(), port), buffers);
                port = socket.port();
                if (i == 0 && count > 1) {
                    socket.options.sharePort();
                }
            }
            return List.copyOf(sockets);
        } catch (BrokenMachine e) {
            sockets.forEach(UdpSocket::close);
            throw e;
        }
    }

    private void listen(InetSocketAddress address, SocketBuffers wanted) {
        boolean isWildcard = address.getAddress().isAnyLocalAddress();
        if (isIpv6) {
            options.onlyIpv6(!isWildcard);
            options.carryIpv6();
        }
        if (!isIpv6 || isWildcard) {
            options.carryIpv4();
        }
        if (isWildcard) {
            options.tellLocalAddress(isIpv6);
        }
        buffers = options.buffers(wanted);
        bind(address);
    }

    /// Opens a socket toward backends of one family, at a port that the kernel chooses.
    ///
    /// @param sourceAddresses whether datagrams leave from addresses of their own, so that what
    ///   comes back has to tell which one it was sent to
    public static UdpSocket backendPort(
            boolean ipv4, boolean sourceAddresses, SocketBuffers buffers) {
        UdpSocket socket = new UdpSocket(!ipv4);
        try {
            socket.openBackendPort(sourceAddresses, buffers);
            return socket;
        } catch (BrokenMachine e) {
            socket.close();
            throw e;
        }
    }

    private void openBackendPort(boolean sourceAddresses, SocketBuffers wanted) {
        options.collectErrors(isIpv6);
        if (isIpv6) {
            options.onlyIpv6(true);
            options.carryIpv6();
        } else {
            options.carryIpv4();
        }
        if (sourceAddresses) {
            options.tellLocalAddress(isIpv6);
            if (isIpv6) {
                options.sendFromRoutedAddresses();
            }
        }
        buffers = options.buffers(wanted);
        bind(new InetSocketAddress(wildcard(), 0));
    }

    private InetAddress wildcard() {
        try {
            return InetAddress.getByAddress(new byte[isIpv6 ? 16 : 4]);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError("4 and 16 are lengths of addresses", e);
        }
    }

    /// Whether the kernel knows trains.
    public static boolean knowsTrains() {
        try (UdpSocket socket = new UdpSocket(false)) {
            return socket.options.knowsTrains();
        }
    }

    /// Have datagrams of equal length from one sender delivered as one train from now on.
    public void joinTrains() {
        options.joinTrains();
    }

    /// Has a receive call that finds nothing poll the device for so long from now on. The kernel
    /// may refuse: see [#busyPollErrno].
    public void pollBusily(int microseconds) {
        busyPollErrno = -options.pollBusily(microseconds);
    }

    /// Why the kernel refused to poll busily; 0 if it did not.
    public int busyPollErrno() {
        return busyPollErrno;
    }

    /// Has a program choose from now on which of the sockets that share this one's port gets a
    /// datagram.
    ///
    /// @return whether the kernel took it; if not, the flow goes on choosing
    public boolean steer(SteeringProgram program) {
        return options.steer(program) == 0;
    }

    /// Has the flow choose from now on which of the sockets that share this one's port gets a
    /// datagram.
    public void steerByFlow() {
        options.steerByFlow(); // ENOENT: it did already
    }

    public int fd() {
        return fd;
    }

    /// Whether the socket is of the family AF_INET6, which may speak IPv4 as well.
    public boolean isIpv6() {
        return isIpv6;
    }

    public int port() {
        return bound.port();
    }

    /// What the kernel granted.
    public SocketBuffers buffers() {
        return buffers;
    }

    /// Whether datagrams leave from this address unless they say otherwise. Not a question of
    /// scope: a link-local address is bound on one interface.
    boolean isBoundTo(Address local) {
        return local.high() == bound.high() && local.low() == bound.low();
    }

    /// The address that the socket is bound to, unspecified for a wildcard.
    void copyBoundTo(Address local) {
        local.set(bound.high(), bound.low(), 0, bound.scope());
    }

    /// How full the receive buffer is, and what it had no room for; once closed, that it is empty.
    /// Empty if the kernel does not tell. Any thread.
    ///
    /// @param reader the calling thread's
    public synchronized Optional<SocketMemory> memory(SocketMemoryReader reader) {
        if (!isOpen) {
            return Optional.of(new SocketMemory(0, limitBytes, dropped));
        }
        if (!reader.read(fd)) {
            return Optional.empty();
        }
        limitBytes = reader.limitBytes();
        dropped = drops.advance(reader.drops());
        return Optional.of(new SocketMemory(reader.queueBytes(), limitBytes, dropped));
    }

    /// How many datagrams the kernel dropped because the receive buffer was full, as far as it
    /// tells. Any thread.
    public synchronized long receiveDrops() {
        memory(new SocketMemoryReader());
        return dropped;
    }

    @Override
    public synchronized void close() {
        if (isOpen) {
            receiveDrops();
            isOpen = false;
            // close(2): whatever it returns, the number is free afterwards, and may become another
            // file's.
            options.syscalls().close(fd);
            fd = CLOSED;
        }
    }

    private void bind(InetSocketAddress inet) {
        Address address = address(inet);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(SocketAddress.SIZEOF_SOCKADDR_IN6, Long.BYTES);
            int length = SocketAddress.write(name, 0, address, isIpv6);
            int result = options.syscalls().bind(fd, name.address(), length);
            if (result < 0) {
                throw new BrokenMachine(
                        "bind to " + SocketRemedies.text(inet),
                        -result,
                        SocketRemedies.bind(-result, inet));
            }
            MemorySegment lengthRead = arena.allocateFrom(CTypes.INT, (int) name.byteSize());
            result = options.syscalls().getsockname(fd, name.address(), lengthRead.address());
            assert result == 0 : "getsockname of a bound socket";
            SocketAddress.read(name, 0, bound);
        }
        if (inet.getAddress().isAnyLocalAddress()) {
            bound.set(0, 0, bound.port(), 0);
        }
    }

    private static Address address(InetSocketAddress inet) {
        Address address = new Address();
        ByteBuffer octets = ByteBuffer.wrap(inet.getAddress().getAddress());
        if (inet.getAddress() instanceof Inet6Address ipv6) {
            address.set(octets.getLong(), octets.getLong(), inet.getPort(), ipv6.getScopeId());
        } else {
            address.setIpv4(octets.getInt(), inet.getPort());
        }
        return address;
    }
}
