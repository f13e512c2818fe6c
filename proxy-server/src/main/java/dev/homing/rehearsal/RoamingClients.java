package dev.homing.rehearsal;

import dev.homing.datagram.Datagram;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// The clients of one listening address. Each connects, sends single datagrams and trains, gets a
/// new address in mid-connection, and some time later begins anew. Now and then one sends what no
/// server asked for.
///
/// One thread.
public final class RoamingClients implements AutoCloseable {

    /// Each has an address of its own in 127.0.0.0/8, in a block for each of its moves.
    private static final int FIRST_ADDRESS = 0x7f010000;

    private static final int MOVES = 64;

    private static final int COUNT = 64;
    private static final int INITIAL_BYTES = 1200;
    private static final int SINGLE_BYTES = 200;
    private static final int FULL_BYTES = 1200;
    private static final int TRAIN = 10;
    private static final byte[] NOT_ANSWERED = {};

    private final InetSocketAddress proxy;
    private final int pool;
    private final Port port;
    private final boolean isIpv4;
    private final SplittableRandom random;

    /// What each client knows of its server: no octets before it was answered.
    private final byte[][] serverIds = new byte[COUNT][0];

    private final int[] moves = new int[COUNT];
    private long answered;

    /// @param pool the number of the pool behind the listening address
    public RoamingClients(InetSocketAddress proxy, int pool) {
        this.proxy = proxy;
        this.pool = pool;
        isIpv4 = proxy.getAddress() instanceof Inet4Address;
        random = new SplittableRandom(pool);
        port = new Port(new InetSocketAddress(wildcard(isIpv4), 0));
    }

    private static InetAddress wildcard(boolean ipv4) {
        return InetAddress.ofLiteral(ipv4 ? "0.0.0.0" : "::");
    }

    /// Datagrams and trains that came back.
    public long answered() {
        return answered;
    }

    /// Every client sends something, and what has come back by then is taken.
    ///
    /// @param clients how many of them
    void turn(int clients) {
        for (int client = 0; client < Math.min(clients, COUNT); client++) {
            send(client);
        }
        port.flush();
        take();
    }

    void take() {
        port.receive(this::take);
    }

    private void take(Datagram answer) {
        answered++;
        if (Packet.isLong(answer)) {
            serverIds[Packet.client(answer)] = Packet.scid(answer);
        }
    }

    private void send(int client) {
        Datagram datagram = port.take();
        byte[] serverId = serverIds[client];
        int choice = random.nextInt(256);
        if (choice == 0) {
            Packet.writeShort(datagram, randomId(), 1, SINGLE_BYTES);
        } else if (choice == 1) {
            moves[client] = (moves[client] + 1) % MOVES;
            serverIds[client] = NOT_ANSWERED;
            Packet.writeLong(
                    datagram,
                    Packet.INITIAL,
                    randomId(),
                    EchoServer.clientId(client),
                    INITIAL_BYTES);
        } else if (serverId.length == 0) {
            Packet.writeLong(
                    datagram,
                    Packet.INITIAL,
                    randomId(),
                    EchoServer.clientId(client),
                    INITIAL_BYTES);
        } else if (choice < 24) {
            Packet.writeShort(datagram, serverId, TRAIN, FULL_BYTES);
        } else if (choice < 64) {
            Packet.writeShort(datagram, serverId, 1, FULL_BYTES);
        } else {
            if (choice < 68) {
                moves[client] = (moves[client] + 1) % MOVES;
            }
            Packet.writeShort(datagram, serverId, 1, SINGLE_BYTES);
        }
        Packet.writeTrailer(datagram, pool, client);
        address(datagram, client);
        port.add(datagram);
    }

    private void address(Datagram datagram, int client) {
        ByteBuffer octets = ByteBuffer.wrap(proxy.getAddress().getAddress());
        if (isIpv4) {
            datagram.peer().setIpv4(octets.getInt(), proxy.getPort());
            datagram.local().setIpv4(FIRST_ADDRESS + moves[client] * COUNT + client, 0);
        } else {
            datagram.peer().set(octets.getLong(), octets.getLong(), proxy.getPort(), 0);
            datagram.local().set(0, 0, 0, 0);
        }
    }

    private byte[] randomId() {
        byte[] id = new byte[Packet.ID_BYTES];
        random.nextBytes(id);
        return id;
    }

    @Override
    public void close() {
        port.close();
    }
}
