package dev.homing.synthetic;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.datagram.DatagramPool;
import dev.homing.linux.PageMemory;
import dev.homing.linux.ReceiveVector;
import dev.homing.linux.SendVector;
import dev.homing.linux.SocketBuffers;
import dev.homing.linux.Syscalls;
import dev.homing.linux.UdpSocket;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;

/// Clients by the hundred thousand, each with an address of its own out of 127.0.0.0/8, behind one
/// socket that states the source address of each datagram and is told the local address of each
/// answer. One thread.
///
/// The network may lose datagrams (the kernel's buffers are finite), so whoever is not answered
/// asks again.
public final class SyntheticClients implements AutoCloseable {

    private static final int FIRST_ADDRESS = 0x7f10_0000; // 127.16.0.0
    private static final int WINDOW = 512;
    private static final long PATIENCE_NS = 500_000_000L;

    private final Syscalls syscalls = new Syscalls();
    private final DatagramPool pool =
            new DatagramPool(new PageMemory(), 4 * DatagramBatch.CAPACITY);
    private final ReceiveVector receiver = new ReceiveVector(syscalls, pool);
    private final SendVector sender = new SendVector(syscalls);
    private final DatagramBatch batch = new DatagramBatch();
    private final UdpSocket socket;
    private final int proxyIpv4;
    private final int proxyPort;
    private final int count;

    /// What each client knows of its server: the number it signs with, −1 at first, and its
    /// connection ID.
    private final long[] server;

    private final long[] serverId;

    /// What the send vector points to, until it is flushed.
    private final Datagram[] pending = new Datagram[SendVector.CAPACITY];

    private int pendingCount;
    private long misdelivered;
    private long changedServer;
    private long resent;
    private long sent;

    /// @param proxy an IPv4 loopback address
    public SyntheticClients(InetSocketAddress proxy, int count) {
        proxyIpv4 = ByteBuffer.wrap(proxy.getAddress().getAddress()).getInt();
        proxyPort = proxy.getPort();
        this.count = count;
        server = new long[count];
        Arrays.fill(server, -1);
        serverId = new long[count];
        socket =
                UdpSocket.listen(
                                new InetSocketAddress("0.0.0.0", 0),
                                1,
                                new SocketBuffers(4 << 20, 4 << 20))
                        .getFirst();
    }

    /// Answers that came to another client's address than the one that had asked.
    public long misdelivered() {
        return misdelivered;
    }

    /// Answers from another server than the client's first.
    public long changedServer() {
        return changedServer;
    }

    public long resent() {
        return resent;
    }

    /// How many datagrams the kernel has taken.
    public long sent() {
        return sent;
    }

    /// How many clients a server has.
    public int clientsOf(int number) {
        int clients = 0;
        for (long of : server) {
            clients += of == number ? 1 : 0;
        }
        return clients;
    }

    /// Every client sends one packet, an Initial if it knows no server yet, else a short header,
    /// and waits for an answer.
    ///
    /// @return how many clients were answered before the deadline
    public int round(long deadlineNs) {
        BitSet answered = new BitSet(count);
        ArrayDeque<Integer> waiting = new ArrayDeque<>();
        int next = 0;
        long lastAnswerNs = System.nanoTime();
        while (answered.cardinality() < count && System.nanoTime() - deadlineNs < 0) {
            while (next < count && waiting.size() < WINDOW) {
                send(next);
                waiting.add(next++);
            }
            flush();
            if (receive(answered) > 0) {
                lastAnswerNs = System.nanoTime();
                waiting.removeIf(answered::get);
            } else if (System.nanoTime() - lastAnswerNs > PATIENCE_NS) {
                waiting.forEach(this::send);
                resent += waiting.size();
                lastAnswerNs = System.nanoTime();
            } else {
                LockSupport.parkNanos(50_000);
            }
        }
        return answered.cardinality();
    }

    private void send(int client) {
        if (sender.isFull()) {
            flush();
        }
        ByteBuffer packet =
                server[client] < 0
                        ? Wire.initial(mix(client), mix(client + (1L << 40)), client, -1)
                        : Wire.shortHeader(serverId[client], client, -1);
        Datagram datagram = pool.take();
        datagram.setPayload(packet.limit(), 0, 0);
        datagram.bytes().asByteBuffer().put(packet);
        datagram.peer().setIpv4(proxyIpv4, proxyPort);
        datagram.local().setIpv4(FIRST_ADDRESS + client, 0);
        sender.add(datagram, socket);
        pending[pendingCount++] = datagram;
    }

    private void flush() {
        int done = 0;
        while (done < sender.size()) {
            int taken = sender.send(socket, done);
            sent += Math.max(0, taken);
            done += Math.max(1, taken);
        }
        sender.clear();
        for (int i = 0; i < pendingCount; i++) {
            pending[i].release();
        }
        pendingCount = 0;
    }

    private int receive(BitSet answered) {
        int received = receiver.receive(socket, batch);
        for (int i = 0; i < batch.size(); i++) {
            Datagram datagram = batch.get(i);
            take(datagram, answered);
            datagram.release();
        }
        batch.clear();
        return received;
    }

    private void take(Datagram datagram, BitSet answered) {
        ByteBuffer packet =
                ByteBuffer.wrap(
                        datagram.bytes()
                                .asSlice(0, datagram.lengthBytes())
                                .toArray(ValueLayout.JAVA_BYTE));
        int client = (int) Wire.flow(packet);
        if (datagram.local().ipv4() != FIRST_ADDRESS + client) {
            misdelivered++;
            return;
        }
        if (server[client] >= 0 && server[client] != Wire.sender(packet)) {
            changedServer++;
        }
        server[client] = Wire.sender(packet);
        if (Wire.isLong(packet)) {
            serverId[client] = Wire.scid(packet);
        }
        answered.set(client);
    }

    /// A connection ID that looks random and is the same each time (Stafford's mix 13).
    private static long mix(long value) {
        long z = (value + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    @Override
    public void close() {
        socket.close();
    }
}
