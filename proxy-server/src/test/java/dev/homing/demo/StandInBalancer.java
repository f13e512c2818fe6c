package dev.homing.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The smallest thing that can stand between the demonstration's clients and servers, so that its
/// verdict can be tested for balancers that are right and for those that are wrong.
///
/// A socket for each session; one thread, which ends with [#close].
final class StandInBalancer implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static final int ID_LENGTH = 8;

    /// Says which server a datagram goes to.
    interface Choice {
        int serverFor(InetSocketAddress client, ByteBuffer datagram);
    }

    /// What a server sees as one client address.
    private static final class Session {
        final DatagramChannel channel = bound();
        final int server;
        InetSocketAddress client;

        Session(int server, InetSocketAddress client) throws IOException {
            this.server = server;
            this.client = client;
        }
    }

    private final List<InetSocketAddress> servers;
    private final Choice choice;
    private final boolean hidesMoves;
    private final Selector selector = Selector.open();
    private final DatagramChannel listening = bound();
    private final List<Session> sessions = new ArrayList<>();
    private final Map<Long, Session> byServerId = new HashMap<>();
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(65_535);
    private final Thread thread = new Thread(this::run, "stand-in");
    private volatile boolean closed;

    /// @param hidesMoves whether it goes on to use a session when its client's address changes, so
    ///   that the server is not shown the change; only for connection IDs of 8 bytes
    StandInBalancer(List<InetSocketAddress> servers, Choice choice, boolean hidesMoves)
            throws IOException {
        this.servers = servers;
        this.choice = choice;
        this.hidesMoves = hidesMoves;
        listening.register(selector, SelectionKey.OP_READ);
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listening.getLocalAddress();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector;
                listening) {
            while (!closed) {
                selector.select();
                selector.selectedKeys().clear();
                forward();
                for (Session each : sessions) {
                    giveBack(each);
                }
            }
            for (Session each : sessions) {
                each.channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forward() throws IOException {
        for (InetSocketAddress client = receive(listening);
                client != null;
                client = receive(listening)) {
            Session session = session(client, choice.serverFor(client, datagram));
            session.channel.send(datagram, servers.get(session.server));
        }
    }

    private Session session(InetSocketAddress client, int server) throws IOException {
        if (hidesMoves && datagram.get(0) >= 0) {
            Session known = byServerId.get(datagram.getLong(1));
            if (known != null) {
                known.client = client;
                return known;
            }
        }
        for (Session each : sessions) {
            if (each.client.equals(client) && each.server == server) {
                return each;
            }
        }
        Session session = new Session(server, client);
        session.channel.register(selector, SelectionKey.OP_READ);
        sessions.add(session);
        return session;
    }

    private void giveBack(Session from) throws IOException {
        while (receive(from.channel) != null) {
            if (datagram.get(0) < 0) {
                // A long header: version (4), length and destination ID, length and source ID.
                int source = 6 + datagram.get(5);
                if (datagram.get(source) == ID_LENGTH) {
                    byServerId.put(datagram.getLong(source + 1), from);
                }
            }
            listening.send(datagram, from.client);
        }
    }

    private InetSocketAddress receive(DatagramChannel from) throws IOException {
        datagram.clear();
        InetSocketAddress sender = (InetSocketAddress) from.receive(datagram);
        datagram.flip();
        return sender;
    }

    private static DatagramChannel bound() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        return channel.bind(new InetSocketAddress(LOOPBACK, 0));
    }
}
