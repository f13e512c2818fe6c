package dev.homing.demo.nat;

import dev.homing.demo.wire.Loops;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One of a relay's UDP sockets: never waits to receive, tries hard to send, and takes no notice of
/// ICMP errors, which are QUIC's business.
final class RelaySocket implements AutoCloseable {
    // A full send buffer on loopback empties within microseconds; a second of trying means that the
    // machine is broken.
    private static final int MAX_SEND_ATTEMPTS = 20_000;
    private static final long SEND_PAUSE_NS = 50_000;

    private final DatagramChannel channel;
    private final InetSocketAddress address;

    private RelaySocket(DatagramChannel channel) throws IOException {
        this.channel = channel;
        address = (InetSocketAddress) channel.getLocalAddress();
    }

    /// A socket on a free port of `local` that hears everybody.
    static RelaySocket bound(InetAddress local) throws IOException {
        boolean six = local instanceof Inet6Address;
        DatagramChannel channel =
                DatagramChannel.open(
                        six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, Loops.SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, Loops.SOCKET_BUFFER_BYTES);
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(local, 0));
            return new RelaySocket(channel);
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot bind UDP " + local + ": " + e.getMessage(), e);
        }
    }

    /// A socket on a free port of `local` that hears only `peer`.
    static RelaySocket connected(InetAddress local, InetSocketAddress peer) throws IOException {
        RelaySocket socket = bound(local);
        try {
            // Connecting also settles the local address, if that was left open.
            return new RelaySocket(socket.channel.connect(peer));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// The loopback address of the same family.
    static InetAddress loopback(InetAddress sameFamily) {
        return InetAddress.ofLiteral(sameFamily instanceof Inet6Address ? "::1" : "127.0.0.1");
    }

    /// Where to send to `server` from: the loopback address if it is there, else any address.
    static InetAddress near(InetAddress server) {
        if (server.isLoopbackAddress()) {
            return loopback(server);
        }
        return InetAddress.ofLiteral(server instanceof Inet6Address ? "::" : "0.0.0.0");
    }

    InetSocketAddress address() {
        return address;
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ);
    }

    /// Fills `datagram`, ready to be sent, and returns its sender; null when nothing has come.
    @Nullable InetSocketAddress receive(ByteBuffer datagram) throws IOException {
        for (; ; ) {
            datagram.clear();
            try {
                InetSocketAddress sender = (InetSocketAddress) channel.receive(datagram);
                datagram.flip();
                return sender;
            } catch (PortUnreachableException e) {
                // An earlier datagram found nobody; there may be another one to receive.
                continue;
            }
        }
    }

    /// Whether the kernel took the datagram. An empty one is not sent: a connected channel would
    /// not send it either, and QUIC has none.
    boolean send(ByteBuffer datagram, InetSocketAddress receiver) throws IOException {
        for (int attempt = 0; datagram.hasRemaining() && attempt < MAX_SEND_ATTEMPTS; attempt++) {
            try {
                if (channel.send(datagram, receiver) > 0) {
                    return true;
                }
                LockSupport.parkNanos(SEND_PAUSE_NS);
            } catch (PortUnreachableException e) {
                // The error of an earlier datagram, told on this one, which has not been sent.
                continue;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
