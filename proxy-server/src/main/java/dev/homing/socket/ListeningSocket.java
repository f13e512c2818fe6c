package dev.homing.socket;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.ledger.Side;
import dev.homing.linux.UdpSocket;
import dev.homing.relay.Intake;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.unix.FileDescriptor;

/// One thread's socket of one listening address: gives what clients send to the thread's [Intake].
///
/// The socket itself is the wiring's: shards send through it, and so it outlives the loop.
final class ListeningSocket implements EpollIoHandle {

    private final UdpSocket socket;
    private final FileDescriptor fd;
    private final int listener;
    private final Inlet inlet;
    private final Intake intake;
    private final Runnable afterwards;

    /// @param listener index of the listening address
    /// @param afterwards what is due after datagrams were received
    ListeningSocket(
            UdpSocket socket, int listener, Inlet inlet, Intake intake, Runnable afterwards) {
        this.socket = socket;
        this.fd = new FileDescriptor(socket.fd());
        this.listener = listener;
        this.inlet = inlet;
        this.intake = intake;
        this.afterwards = afterwards;
    }

    @Override
    public FileDescriptor fd() {
        return fd;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        DatagramBatch batch = inlet.batch();
        int received = DatagramBatch.CAPACITY;
        for (int i = 0; i < Inlet.CALLS && received == DatagramBatch.CAPACITY; i++) {
            received = inlet.receive(socket, Side.CLIENT);
            if (received < 0) {
                inlet.failed(-received);
            }
            for (int j = 0; j < batch.size(); j++) {
                Datagram datagram = batch.get(j);
                datagram.setListener(listener);
                intake.accept(datagram);
            }
            batch.clear();
            intake.endOfBatch();
        }
        afterwards.run();
    }

    @Override
    public void close() {
        // The wiring closes the socket, once no shard sends through it any more.
    }
}
