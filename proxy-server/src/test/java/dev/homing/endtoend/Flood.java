package dev.homing.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Datagrams from several ports, as fast as one thread sends. A shard that receives for itself
/// needs no queue for its own flows, and one port alone may be its own.
final class Flood implements AutoCloseable {

    private static final int PORTS = 16;

    private final InetSocketAddress proxy;
    private final List<Client> clients = new ArrayList<>();
    private final byte[] datagram = Client.initial(7, 8, 1200);
    private long sent;

    Flood(InetSocketAddress proxy) throws IOException {
        this.proxy = proxy;
        for (int i = 0; i < PORTS; i++) {
            clients.add(new Client("127.0.0.1"));
        }
    }

    void send(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            clients.get(i % PORTS).send(datagram, proxy);
            sent++;
        }
    }

    /// How many datagrams the kernel has taken.
    long sent() {
        return sent;
    }

    @Override
    public void close() {
        clients.forEach(Client::close);
    }
}
