package dev.homing.bench.load;

import dev.homing.linux.SocketBuffers;
import dev.homing.linux.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// The sockets of a station.
///
/// @param sockets at the clients' place wildcard ones, at the backends' place one for each backend
record StationSockets(List<UdpSocket> sockets) implements AutoCloseable {

    private static final SocketBuffers BUFFERS = new SocketBuffers(4 << 20, 4 << 20);

    /// @param joinsTrains whether the kernel may deliver datagrams of a sender together, so that
    ///   counting them costs little
    /// @param choosesSource whether they send from many addresses
    static StationSockets clients(int count, boolean choosesSource, boolean joinsTrains) {
        List<UdpSocket> sockets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sockets.add(UdpSocket.backendPort(true, choosesSource, BUFFERS));
        }
        return opened(sockets, joinsTrains);
    }

    static StationSockets backends(int count, boolean joinsTrains) {
        List<UdpSocket> sockets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            sockets.addAll(UdpSocket.listen(any, 1, BUFFERS));
        }
        return opened(sockets, joinsTrains);
    }

    private static StationSockets opened(List<UdpSocket> sockets, boolean joinsTrains) {
        if (joinsTrains) {
            sockets.forEach(UdpSocket::joinTrains);
        }
        return new StationSockets(sockets);
    }

    List<Integer> ports() {
        return sockets.stream().map(UdpSocket::port).toList();
    }

    long drops() {
        return sockets.stream().mapToLong(UdpSocket::receiveDrops).sum();
    }

    @Override
    public void close() {
        sockets.forEach(UdpSocket::close);
    }
}
