package dev.homing.peers;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Listens as systemd does to what its services say of themselves (sd_notify(3)).
public final class ServiceManager implements AutoCloseable {

    private static final long PATIENCE_S = 30;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Channel socket;

    private ServiceManager(String path) {
        socket =
                new Bootstrap()
                        .group(group)
                        .channel(EpollDomainDatagramChannel.class)
                        .handler(
                                new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                                    @Override
                                    protected void channelRead0(
                                            ChannelHandlerContext ctx,
                                            DomainDatagramPacket packet) {
                                        messages.add(
                                                packet.content().toString(StandardCharsets.UTF_8));
                                    }
                                })
                        .bind(new DomainSocketAddress(path))
                        .syncUninterruptibly()
                        .channel();
    }

    /// @param path a file's, or an abstract name behind a zero (unix(7))
    public static ServiceManager at(String path) {
        return new ServiceManager(path);
    }

    /// Waits for one message, and takes it.
    public String next() throws InterruptedException {
        String message = messages.poll(PATIENCE_S, TimeUnit.SECONDS);
        assertNotNull(message, "nothing was said");
        return message;
    }

    /// Waits for a message that begins so; takes it and all before it.
    public void await(String beginning) throws InterruptedException {
        String message = next();
        while (!message.startsWith(beginning)) {
            message = next();
        }
    }

    @Override
    public void close() {
        socket.close().syncUninterruptibly();
        group.shutdownGracefully(0, PATIENCE_S, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
