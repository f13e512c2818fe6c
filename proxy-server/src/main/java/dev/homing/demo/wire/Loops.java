package dev.homing.demo.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Event loops of the demo's peers, and UDP sockets on them.
public final class Loops {
    /// Asked for on every socket; the kernel grants what net.core.rmem_max allows. A burst must
    /// fit, since nobody sends a lost datagram again before a round trip has passed.
    public static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /// How many datagrams a peer sends at once (UDP GSO), at most.
    public static final int MAX_TRAIN = 16;

    private static final long SHUTDOWN_TIMEOUT_MS = 3_000;

    private Loops() {}

    /// Daemon threads called `name-0`, `name-1` and so on; a name has at most 13 characters, or
    /// `top` cuts it.
    public static EventLoopGroup open(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        return new MultiThreadIoEventLoopGroup(
                threads,
                task -> {
                    Thread thread =
                            new FastThreadLocalThread(task, name + '-' + number.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                },
                EpollIoHandler.newFactory());
    }

    /// Binds a UDP socket of the address's own family.
    public static Channel bind(
            EventLoopGroup loops, InetSocketAddress address, ChannelHandler codec)
            throws IOException {
        SocketProtocolFamily family =
                address.getAddress() instanceof Inet6Address
                        ? SocketProtocolFamily.INET6
                        : SocketProtocolFamily.INET;
        io.netty.channel.ChannelFactory<EpollDatagramChannel> channels =
                () -> new EpollDatagramChannel(family);
        ChannelFuture bound =
                new Bootstrap()
                        .group(loops)
                        .channelFactory(channels)
                        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                        .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                        .handler(codec)
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot bind UDP " + address + ": " + bound.cause().getMessage(),
                    bound.cause());
        }
        return bound.channel();
    }

    /// Stops the loops and waits until their threads have ended, but not for long.
    public static void close(EventLoopGroup loops) {
        loops.shutdownGracefully(0, SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(SHUTDOWN_TIMEOUT_MS);
    }
}
