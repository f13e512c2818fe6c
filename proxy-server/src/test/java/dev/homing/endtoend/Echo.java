package dev.homing.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A backend that sends every datagram back as it is, and notes who sent it.
final class Echo implements AutoCloseable {

    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final Thread thread;
    private final AtomicLong received = new AtomicLong();
    private final Set<SocketAddress> senders = ConcurrentHashMap.newKeySet();

    Echo(String ip) throws IOException {
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        channel.bind(new InetSocketAddress(ip, 0));
        address = (InetSocketAddress) channel.getLocalAddress();
        thread = Thread.ofPlatform().name("echo").daemon().start(this::serve);
    }

    InetSocketAddress address() {
        return address;
    }

    long received() {
        return received.get();
    }

    Set<SocketAddress> senders() {
        return senders;
    }

    private void serve() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
        try {
            while (true) {
                buffer.clear();
                SocketAddress from = channel.receive(buffer);
                received.incrementAndGet();
                senders.add(from);
                channel.send(buffer.flip(), from);
            }
        } catch (ClosedChannelException e) {
            Thread.currentThread().interrupt(); // closed: the end of this server
        } catch (IOException e) {
            throw new IllegalStateException("echo", e);
        }
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
