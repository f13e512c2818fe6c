package dev.homing.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers whatever begins as a QUIC long header does with Version Negotiation (RFC 8999 section
/// 6), or, if it is told so, with nothing or with something else.
public final class Negotiator implements AutoCloseable {

    private static final int MAX_BYTES = 2048;

    private final DatagramSocket socket;
    private final InetSocketAddress address;
    private final AtomicInteger received = new AtomicInteger();
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private volatile boolean isSilent;
    private volatile boolean isEcho;

    private Negotiator(DatagramSocket socket) {
        this.socket = socket;
        address = (InetSocketAddress) socket.getLocalSocketAddress();
        Thread.ofPlatform().daemon().name("negotiator").start(this::run);
    }

    /// @param address port 0 for any
    public static Negotiator open(InetSocketAddress address) throws IOException {
        return new Negotiator(new DatagramSocket(address));
    }

    public InetSocketAddress address() {
        return address;
    }

    public void setSilent(boolean is) {
        isSilent = is;
    }

    /// Sends back what came, which is no answer.
    public void setEcho(boolean is) {
        isEcho = is;
    }

    public int received() {
        return received.get();
    }

    /// Where datagrams came from.
    public Set<Integer> ports() {
        return Set.copyOf(ports);
    }

    private void run() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        while (!socket.isClosed()) {
            try {
                packet.setLength(MAX_BYTES);
                socket.receive(packet);
                ports.add(packet.getPort());
                received.incrementAndGet();
                if (!isSilent) {
                    byte[] answer =
                            isEcho
                                    ? packet.getData()
                                    : answer(
                                            ByteBuffer.wrap(
                                                    packet.getData(), 0, packet.getLength()));
                    int length = isEcho ? packet.getLength() : answer.length;
                    socket.send(new DatagramPacket(answer, length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static byte[] answer(ByteBuffer packet) {
        byte[] destination = new byte[packet.get(5)];
        packet.get(6, destination);
        byte[] source = new byte[packet.get(6 + destination.length)];
        packet.get(7 + destination.length, source);
        return ByteBuffer.allocate(1 + 4 + 1 + source.length + 1 + destination.length + 4)
                .put((byte) 0x80)
                .putInt(0)
                .put((byte) source.length)
                .put(source)
                .put((byte) destination.length)
                .put(destination)
                .putInt(1)
                .array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
