package dev.homing;

import dev.homing.control.config.Configuration;
import dev.homing.linux.SocketBuffers;
import dev.homing.linux.UdpSocket;
import java.util.concurrent.TimeUnit;

/// What the configuration asks of each socket.
///
/// @param joinsTrains whether the kernel joins datagrams to trains, which it must know how to
/// @param busyPollMicroseconds 0 for not at all
record SocketWishes(SocketBuffers buffers, boolean joinsTrains, int busyPollMicroseconds) {

    static SocketWishes of(Configuration.Sockets sockets) {
        return new SocketWishes(
                new SocketBuffers(sockets.receiveBufferBytes(), sockets.sendBufferBytes()),
                sockets.trains() && UdpSocket.knowsTrains(),
                (int) TimeUnit.NANOSECONDS.toMicros(sockets.busyPoll().toNanos()));
    }

    /// To a listening socket, whose buffers are set before it is bound.
    void apply(UdpSocket socket) {
        if (joinsTrains) {
            socket.joinTrains();
        }
        if (busyPollMicroseconds > 0) {
            socket.pollBusily(busyPollMicroseconds);
        }
    }
}
