package dev.homing;

import dev.homing.control.config.Configuration;
import dev.homing.linux.Errno;
import dev.homing.linux.SocketBuffers;
import dev.homing.linux.UdpSocket;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/// What works, but less well than it was configured to, because of the machine.
final class Remarks {

    /// With fewer backend ports than this, the limit of open files is what will end the growth of
    /// most deployments.
    private static final int FEW_BACKEND_PORTS = 4096;

    private Remarks() {}

    static void log(Logger log, ProxyServer server) {
        server.remarks().forEach(remark -> log.atWarn().addKeyValue("text", remark).log("remark"));
    }

    static List<String> of(
            Configuration configuration, Threads threads, List<List<UdpSocket>> listening) {
        List<String> remarks = new ArrayList<>();
        SocketBuffers granted = listening.getFirst().getFirst().buffers();
        buffer(
                remarks,
                "receive",
                "rmem_max",
                configuration.sockets().receiveBufferBytes(),
                granted.receiveBytes());
        buffer(
                remarks,
                "send",
                "wmem_max",
                configuration.sockets().sendBufferBytes(),
                granted.sendBytes());
        if (configuration.sockets().trains() && !UdpSocket.knowsTrains()) {
            remarks.add(
                    "this kernel knows no trains of datagrams (UDP_GRO and UDP_SEGMENT, Linux 5.0): each datagram"
                            + " passes by itself; set sockets.trains to false if that is meant");
        }
        int busyPollErrno = listening.getFirst().getFirst().busyPollErrno();
        if (busyPollErrno != 0) {
            remarks.add(
                    ("the kernel refused sockets.busy-poll with %s: give the process CAP_NET_ADMIN, or set sockets.busy-poll"
                                    + " to off; without it, receiving works as usual")
                            .formatted(Errno.describe(busyPollErrno)));
        }
        int ports = threads.backendPortsPerShard() * threads.shards();
        if (ports < FEW_BACKEND_PORTS
                && configuration.sockets().backendPortsMax().isEmpty()
                && configuration.sockets().sourceAddresses().isEmpty()) {
            remarks.add(
                    ("the limit of open files leaves %d sockets toward backends, so at most %d sessions toward each"
                                    + " backend: raise it (ulimit -n, LimitNOFILE=), or set sockets.source-addresses")
                            .formatted(ports, ports));
        }
        return remarks;
    }

    private static void buffer(
            List<String> remarks, String which, String sysctl, int wanted, int granted) {
        if (granted < wanted) {
            remarks.add(
                    ("the kernel granted %d of %d octets of %s buffer to each listening socket:"
                                    + " sysctl -w net.core.%s=%d, or lower sockets.%s-buffer")
                            .formatted(granted, wanted, which, sysctl, wanted, which));
        }
    }
}
