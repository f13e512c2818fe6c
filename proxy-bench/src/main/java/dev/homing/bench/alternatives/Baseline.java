package dev.homing.bench.alternatives;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;

/// The single-threaded proxy that Homing was made because of, in plain NIO and as a first version
/// would be written: one blocking receive, a hash of the connection ID, a send; and round again.
///
/// The way back is the simplest that does not slow the way there: each client has a connected
/// socket of its own toward its backend, and a second thread waits on all of these with a
/// [Selector]. Sessions are never forgotten, and nothing is counted.
///
/// ```
/// client ──► receive ─► HashRing ─► the client's socket ──► backend      main
/// client ◄── send ◄───────── select ◄── the client's socket ◄── backend  answers
/// ```
public final class Baseline {

    private static final int BUFFER_BYTES = 4 << 20;
    private static final int LONGEST_DATAGRAM = 65_536;

    private final DatagramChannel clients;
    private final HashRing ring;
    private final Selector answers;
    private final Map<SocketAddress, DatagramChannel> sockets = new HashMap<>();

    private Baseline(DatagramChannel clients, HashRing ring, Selector answers) {
        this.clients = clients;
        this.ring = ring;
        this.answers = answers;
    }

    public static void main(String[] ports) throws IOException {
        ParentWatch.start();
        try (DatagramChannel clients = DatagramChannel.open();
                Selector answers = Selector.open()) {
            clients.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            clients.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            clients.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Baseline baseline = new Baseline(clients, HashRing.of(ports), answers);
            Thread back = new Thread(baseline::answer, "answers");
            back.setDaemon(true);
            back.start();
            int port = ((InetSocketAddress) clients.getLocalAddress()).getPort();
            System.out.println("{\"port\":" + port + "}");
            System.out.flush();
            baseline.forward();
        }
    }

    private void forward() throws IOException {
        ByteBuffer datagram = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
        while (true) {
            datagram.clear();
            SocketAddress client = clients.receive(datagram);
            datagram.flip();
            DatagramChannel socket = sockets.get(client);
            if (socket == null) {
                socket = open(client, ring.find(datagram));
                sockets.put(client, socket);
            }
            try {
                socket.write(datagram);
            } catch (IOException backendRefuses) {
                continue; // UDP: the next one may arrive
            }
        }
    }

    private DatagramChannel open(SocketAddress client, InetSocketAddress backend)
            throws IOException {
        DatagramChannel socket = DatagramChannel.open();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        socket.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
        socket.configureBlocking(false);
        socket.connect(backend);
        socket.register(answers, SelectionKey.OP_READ, client);
        answers.wakeup();
        return socket;
    }

    private void answer() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
        while (answers.isOpen()) {
            try {
                answers.select(key ->
                        answer(
                                (DatagramChannel) key.channel(),
                                (SocketAddress) key.attachment(),
                                datagram));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private void answer(DatagramChannel socket, SocketAddress client, ByteBuffer datagram) {
        try {
            datagram.clear();
            while (socket.read(datagram) > 0) {
                datagram.flip();
                clients.send(datagram, client);
                datagram.clear();
            }
        } catch (IOException oneSideRefuses) {
            return; // UDP: the next one may arrive
        }
    }
}
