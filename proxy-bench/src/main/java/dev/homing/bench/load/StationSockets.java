package dev.homing.bench.load;

import dev.homing.linux.SocketBuffers;
import dev.homing.linux.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// The sockets of a station.
///
/// @param sockets at the clients' place wildcard ones, at the backends' place one for each backend
record StationSockets(List<UdpSocket> sockets) implements AutoCloseable {

    private static final SocketBuffers BUFFERS = new SocketBuffers(4 << 20, 4 << 20);

    /// Wildcard sockets, which can send from any address of this machine. Not those that Homing has
    /// toward backends: they collect ICMP errors, and would have to be emptied of them.
    ///
    /// @param joinsTrains whether the kernel may deliver datagrams of a sender together, so that
    ///   counting them costs little
    static StationSockets clients(int count, boolean joinsTrains) {
        return opened(count, anyIpv4(), joinsTrains);
    }

    static StationSockets backends(int count, boolean joinsTrains) {
        return opened(
                count, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), joinsTrains);
    }

    /// Not the wildcard of the JDK, which is IPv6 where there is IPv6.
    private static InetSocketAddress anyIpv4() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[Integer.BYTES]), 0);
        } catch (UnknownHostException e) {
            throw new AssertionError("four is a length of addresses", e);
        }
    }

    private static StationSockets opened(
            int count, InetSocketAddress address, boolean joinsTrains) {
        List<UdpSocket> sockets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sockets.addAll(UdpSocket.listen(address, 1, BUFFERS));
        }
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
