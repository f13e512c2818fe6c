package dev.homing.synthetic;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.linux.PageMemory;
import dev.homing.linux.SendVector;
import dev.homing.linux.SocketBuffers;
import dev.homing.linux.Syscalls;
import dev.homing.linux.UdpSocket;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Initial packets that nobody waits for an answer to, as fast as one thread sends: each from
/// another address out of 127.64.0.0/10, with connection IDs of its own. One thread.
public final class ForgedInitials implements AutoCloseable {

    private static final int FIRST_ADDRESS = 0x7f40_0000;
    private static final int ADDRESSES = 1 << 22;
    private static final int PORTS = 8;
    private static final ValueLayout.OfLong ID = ValueLayout.JAVA_LONG_UNALIGNED;

    private final SplittableRandom random;
    private final SendVector sender = new SendVector(new Syscalls());
    private final DatagramPool pool = new DatagramPool(new PageMemory(), SendVector.CAPACITY);
    private final List<Datagram> slots = new ArrayList<>();
    private final List<UdpSocket> sockets = new ArrayList<>();
    private final int proxyIpv4;
    private final int proxyPort;
    private long sent;

    /// @param proxy an IPv4 loopback address
    public ForgedInitials(InetSocketAddress proxy, SplittableRandom random) {
        this.random = random;
        proxyIpv4 = ByteBuffer.wrap(proxy.getAddress().getAddress()).getInt();
        proxyPort = proxy.getPort();
        for (int i = 0; i < PORTS; i++) {
            sockets.addAll(
                    UdpSocket.listen(
                            new InetSocketAddress("0.0.0.0", 0), 1, new SocketBuffers(0, 4 << 20)));
        }
        while (pool.available() > 0) {
            Datagram slot = pool.take();
            ByteBuffer packet = Wire.initial(0, 0, 0, -1);
            slot.setPayload(packet.limit(), 0, 0);
            slot.bytes().asByteBuffer().put(packet);
            slots.add(slot);
        }
    }

    /// One call's worth of them.
    public void send() {
        UdpSocket socket = sockets.get(random.nextInt(PORTS));
        for (Datagram slot : slots) {
            slot.bytes().set(ID, Wire.DCID_OFFSET, random.nextLong());
            slot.bytes().set(ID, Wire.SCID_OFFSET, random.nextLong());
            slot.peer().setIpv4(proxyIpv4, proxyPort);
            slot.local().setIpv4(FIRST_ADDRESS + random.nextInt(ADDRESSES), 0);
            sender.add(slot, socket);
        }
        int done = 0;
        while (done < sender.size()) {
            int taken = sender.send(socket, done);
            sent += Math.max(0, taken);
            done += Math.max(1, taken);
        }
        sender.clear();
    }

    /// How many datagrams the kernel has taken.
    public long sent() {
        return sent;
    }

    @Override
    public void close() {
        sockets.forEach(UdpSocket::close);
    }
}
