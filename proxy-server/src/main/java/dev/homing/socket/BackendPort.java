package dev.homing.socket;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.datagram.DatagramSink;
import dev.homing.ledger.Side;
import dev.homing.linux.UdpSocket;
import dev.homing.shard.Shard;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/// One unconnected socket toward backends: gives what they send to the shard, and sends what the
/// shard has for them.
///
/// The shard's thread.
final class BackendPort implements EpollIoHandle, DatagramSink {

    private final int number;
    private final UdpSocket socket;
    private final FileDescriptor fd;
    private final Outlet outlet;
    private final Inlet inlet;
    private final NetworkErrors networkErrors;
    private final ShardLoop loop;
    private @Nullable IoRegistration registration;

    /// @param number among the shard's ports
    BackendPort(
            int number,
            UdpSocket socket,
            Outlet outlet,
            Inlet inlet,
            NetworkErrors networkErrors,
            ShardLoop loop) {
        this.number = number;
        this.socket = socket;
        this.fd = new FileDescriptor(socket.fd());
        this.outlet = outlet;
        this.inlet = inlet;
        this.networkErrors = networkErrors;
        this.loop = loop;
    }

    @Override
    public FileDescriptor fd() {
        return fd;
    }

    UdpSocket socket() {
        return socket;
    }

    @Override
    public void send(Datagram datagram) {
        outlet.send(datagram);
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        if (((EpollIoEvent) event).ops().contains(EpollIoOps.EPOLLERR)) {
            networkErrors.drain(socket);
        }
        Shard shard = loop.shard();
        DatagramBatch batch = inlet.batch();
        int received = DatagramBatch.CAPACITY;
        for (int i = 0; i < Inlet.CALLS && received == DatagramBatch.CAPACITY; i++) {
            received = inlet.receive(socket, Side.BACKEND);
            // An ICMP error that came in between is no failure; the socket stays ready for what
            // there is to receive.
            if (received < 0 && networkErrors.drain(socket) == 0) {
                inlet.failed(-received);
            }
            for (int j = 0; j < batch.size(); j++) {
                shard.fromBackend(batch.get(j), number);
            }
            batch.clear();
        }
        loop.turnSoon();
    }

    /// Begins to receive.
    void open(IoEventLoop eventLoop) {
        registration = EventLoops.register(eventLoop, this);
    }

    /// Receives no more; still sends.
    void stopReceiving() {
        if (registration != null) {
            registration.cancel();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
