package dev.homing.observe.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Listens on the admin address. Requests, connections and their idle time are bounded, so that the
/// endpoint cannot be made to use up memory or files.
public final class AdminServer implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_REQUEST_BYTES = 8192;
    private static final int IDLE_SECONDS = 60;
    private static final int BACKLOG = 64;

    private final MultiThreadIoEventLoopGroup group;
    private final Channel channel;

    private AdminServer(MultiThreadIoEventLoopGroup group, Channel channel) {
        this.group = group;
        this.channel = channel;
    }

    /// @param metrics the text of all metrics in a content type
    /// @throws IllegalStateException with one sentence if the address cannot be had
    public static AdminServer start(
            InetSocketAddress address,
            UnaryOperator<String> metrics,
            Supplier<Readiness> readiness) {
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory("admin", true), NioIoHandler.newFactory());
        ConnectionLimit limit = new ConnectionLimit(MAX_CONNECTIONS);
        var bound =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel connection) {
                                        connection
                                                .pipeline()
                                                .addLast(limit)
                                                .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                                                .addLast(new IdleEnd())
                                                .addLast(new HttpServerCodec())
                                                .addLast(new HttpServerKeepAliveHandler())
                                                .addLast(
                                                        new HttpObjectAggregator(MAX_REQUEST_BYTES))
                                                .addLast(new AdminPages(metrics, readiness));
                                    }
                                })
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IllegalStateException(
                    "the admin address %s:%d cannot be had (%s): set admin.address or --admin to a free one, or to off"
                            .formatted(
                                    address.getHostString(),
                                    address.getPort(),
                                    bound.cause().getMessage()),
                    bound.cause());
        }
        return new AdminServer(group, bound.channel());
    }

    /// With the port that the kernel gave if none was asked for.
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
