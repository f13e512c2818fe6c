package dev.homing.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.datagram.DatagramPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// Two ends on the loopback interface, and the datagrams between them. One thread.
public final class Loopback {

    public static final SocketBuffers BUFFERS = new SocketBuffers(1 << 20, 1 << 20);

    private static final long DEADLINE_NS = 5_000_000_000L;

    public final Syscalls syscalls = new Syscalls();
    public final DatagramPool pool = new DatagramPool(new PageMemory(), 256);
    public final ReceiveVector receiver = new ReceiveVector(syscalls, pool);
    public final SendVector sender = new SendVector(syscalls);
    public final DatagramBatch batch = new DatagramBatch();

    public static UdpSocket open(String address) {
        return UdpSocket.listen(at(address, 0), 1, BUFFERS).getFirst();
    }

    public static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    public static void assumeAvailable(String address) {
        try {
            open(address).close();
        } catch (BrokenMachine e) {
            assumeTrue(false, "this machine has no " + address + ": " + e.getMessage());
        }
    }

    /// IPv4 becomes an IPv4-mapped address.
    public static void set(Address address, String ip, int port) {
        ByteBuffer octets = ByteBuffer.wrap(at(ip, port).getAddress().getAddress());
        if (octets.capacity() == 4) {
            address.setIpv4(octets.getInt(), port);
        } else {
            address.set(octets.getLong(), octets.getLong(), port, 0);
        }
    }

    public static Address address(String ip, int port) {
        Address address = new Address();
        set(address, ip, port);
        return address;
    }

    public static String text(Address address) {
        byte[] octets =
                ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low()).array();
        try {
            String ip = InetAddress.getByAddress(octets).getHostAddress();
            return ip + " port " + address.port();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /// A datagram with octets that depend on the seed.
    public Datagram datagram(String ip, int port, int length, long seed) {
        Datagram datagram = pool.take();
        byte[] payload = payload(length, seed);
        MemorySegment.copy(payload, 0, datagram.bytes(), ValueLayout.JAVA_BYTE, 0, length);
        datagram.setPayload(length, 0, 0);
        set(datagram.peer(), ip, port);
        datagram.local().clear();
        return datagram;
    }

    public static byte[] payload(int length, long seed) {
        byte[] payload = new byte[length];
        new SplittableRandom(seed).nextBytes(payload);
        return payload;
    }

    public static byte[] payload(Datagram datagram) {
        return datagram.bytes().asSlice(0, datagram.lengthBytes()).toArray(ValueLayout.JAVA_BYTE);
    }

    /// Has the kernel send without a UDP checksum, and so refuse every train (udp_send_skb in
    /// net/ipv4/udp.c: EINVAL).
    public void refuseTrains(UdpSocket socket) {
        int solSocket = 1;
        int soNoCheck = 11; // asm-generic/socket.h
        try (Arena arena = Arena.ofConfined()) {
            long on = arena.allocateFrom(CTypes.INT, 1).address();
            int result = syscalls.setsockopt(socket.fd(), solSocket, soNoCheck, on, Integer.BYTES);
            assertEquals(0, result);
        }
    }

    /// Sends one datagram and gives its slot back.
    ///
    /// @return as [SendVector#send]
    public int send(UdpSocket socket, Datagram datagram) {
        sender.clear();
        sender.add(datagram, socket);
        int sent = sender.send(socket, 0);
        datagram.release();
        return sent;
    }

    /// Waits until so many datagrams have come; the caller releases them.
    public List<Datagram> receive(UdpSocket socket, int count) {
        List<Datagram> received = new ArrayList<>();
        long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (received.size() < count) {
            int result = receiver.receive(socket, batch);
            if (result < 0) {
                fail("receive: " + Errno.describe(-result));
            }
            for (int i = 0; i < batch.size(); i++) {
                received.add(batch.get(i));
            }
            batch.clear();
            if (result == 0) {
                if (System.nanoTime() - deadlineNs > 0) {
                    fail("only " + received.size() + " of " + count + " datagrams came");
                }
                LockSupport.parkNanos(100_000);
            }
        }
        return received;
    }

    public Datagram receiveOne(UdpSocket socket) {
        return receive(socket, 1).getFirst();
    }
}
