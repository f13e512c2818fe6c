package dev.homing.synthetic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicLong;

/// Answers each packet with one of its own: an Initial with a Handshake packet that names a
/// connection ID of this server, a short header with a short header. One thread, until it is
/// closed.
public final class SyntheticServer implements AutoCloseable {

    private final long number;
    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final Thread thread;
    private final AtomicLong answered = new AtomicLong();

    /// @param number that its connection IDs carry in their first two octets
    public SyntheticServer(int number, InetSocketAddress bind) throws IOException {
        this.number = number;
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        channel.bind(bind);
        address = (InetSocketAddress) channel.getLocalAddress();
        thread = Thread.ofPlatform().name("server-" + number).daemon().start(this::serve);
    }

    public InetSocketAddress address() {
        return address;
    }

    public long answered() {
        return answered.get();
    }

    private void serve() {
        ByteBuffer received = ByteBuffer.allocateDirect(65_536);
        try {
            while (true) {
                received.clear();
                SocketAddress from = channel.receive(received);
                received.flip();
                if (received.limit() < Wire.LENGTH_BYTES) {
                    continue;
                }
                channel.send(answer(received), from);
                answered.incrementAndGet();
            }
        } catch (ClosedChannelException e) {
            Thread.currentThread().interrupt(); // closed: the end of this server
        } catch (IOException e) {
            throw new IllegalStateException("server " + number, e);
        }
    }

    private ByteBuffer answer(ByteBuffer packet) {
        long flow = Wire.flow(packet);
        return Wire.isLong(packet)
                ? Wire.handshake(Wire.scid(packet), number << 48 | flow, flow, number)
                : Wire.shortHeader(Wire.dcid(packet), flow, number);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
