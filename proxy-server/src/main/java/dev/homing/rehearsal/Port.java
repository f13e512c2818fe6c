package dev.homing.rehearsal;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.datagram.DatagramPool;
import dev.homing.linux.PageMemory;
import dev.homing.linux.ReceiveVector;
import dev.homing.linux.SendVector;
import dev.homing.linux.SocketBuffers;
import dev.homing.linux.Syscalls;
import dev.homing.linux.UdpSocket;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/// One UDP socket of clients or servers, which sends and receives in batches.
///
/// One thread.
final class Port implements AutoCloseable {

    private static final SocketBuffers BUFFERS = new SocketBuffers(1 << 20, 1 << 20);

    private final UdpSocket socket;
    private final DatagramPool slots =
            new DatagramPool(new PageMemory(), 2 * DatagramBatch.CAPACITY + SendVector.CAPACITY);
    private final ReceiveVector receiver;
    private final SendVector sender;
    private final DatagramBatch received = new DatagramBatch();
    private final Datagram[] written = new Datagram[SendVector.CAPACITY];

    Port(InetSocketAddress address) {
        Syscalls syscalls = new Syscalls();
        receiver = new ReceiveVector(syscalls, slots);
        sender = new SendVector(syscalls);
        socket = UdpSocket.listen(address, 1, BUFFERS).getFirst();
        socket.joinTrains();
    }

    int port() {
        return socket.port();
    }

    /// An empty slot, to be filled and then given to [#add].
    Datagram take() {
        if (sender.isFull()) {
            flush();
        }
        return slots.take();
    }

    /// Has a datagram sent with the next [#flush].
    void add(Datagram datagram) {
        written[sender.size()] = datagram;
        sender.add(datagram, socket);
    }

    /// Sends what was added. What the kernel refuses is lost, as on any network.
    void flush() {
        int sent = 0;
        while (sent < sender.size()) {
            sent += Math.max(1, sender.send(socket, sent));
        }
        for (int i = 0; i < sent; i++) {
            written[i].release();
        }
        sender.clear();
    }

    /// Shows each datagram or train that has arrived, up to a batch; it is gone when the taker
    /// returns.
    void receive(Consumer<Datagram> taker) {
        receiver.receive(socket, received);
        for (int i = 0; i < received.size(); i++) {
            taker.accept(received.get(i));
            received.get(i).release();
        }
        received.clear();
    }

    @Override
    public void close() {
        socket.close();
    }
}
