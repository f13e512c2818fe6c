package dev.homing.observe.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Serves metrics, health and the live page over HTTP/1.1 from when it is opened until it is
/// closed.
public final class AdminServer implements AutoCloseable {

    /// A handful of scrapers and probes is usual.
    private static final int CONNECTIONS_MAX = 64;

    /// Longer than the usual scrape interval of a minute, so that scrapers keep their connection.
    private static final long ANSWER_TIMEOUT_MS = 90_000;

    private static final int REQUEST_LINE_MAX_BYTES = 4096;
    private static final int HEADERS_MAX_BYTES = 8192;

    /// Of one read. Netty ends a connection that has 128 requests decoded and not answered; the
    /// shortest has 18 octets, so that no read of this size has so many.
    private static final int READ_BYTES = 2048;

    private static final int STOP_TIMEOUT_S = 2;

    private final EventLoopGroup loop;
    private final Connections connections;
    private final Channel listener;

    private AdminServer(EventLoopGroup loop, Connections connections, Channel listener) {
        this.loop = loop;
        this.connections = connections;
        this.listener = listener;
    }

    /// The functions are called on the server's own thread, one at a time, for each request. What
    /// they throw is logged and answered with status 500.
    ///
    /// @param metrics from a content type to the text of that type: `text/plain; version=0.0.4;
    ///   charset=utf-8` or `application/openmetrics-text; version=1.0.0; charset=utf-8`
    /// @param live whether the process works; if not, it is to be restarted
    /// @param ready whether it takes new connections; not while it drains
    /// @param documents JSON texts by their paths, such as `/config.json`
    /// @param traces from the query of `/trace?…` to what comes of it
    /// @param deeds from a path to what a POST to it does; empty if nothing
    /// @param names with a dot by which it may be asked, beside IP addresses
    /// @throws IOException if the address cannot be listened on; the message is a sentence with the
    ///   remedy
    public static AdminServer open(
            InetSocketAddress address,
            UnaryOperator<String> metrics,
            Supplier<Health> live,
            Supplier<Health> ready,
            Map<String, Supplier<String>> documents,
            Function<String, Reply> traces,
            Function<String, Optional<Deed>> deeds,
            Collection<String> names)
            throws IOException {
        return open(
                address,
                new AdminPages(metrics, live, ready, documents, traces, deeds),
                new OwnPages(names),
                new Connections(CONNECTIONS_MAX),
                ANSWER_TIMEOUT_MS);
    }

    /// One that does nothing and has no name.
    public static AdminServer open(
            InetSocketAddress address,
            UnaryOperator<String> metrics,
            Supplier<Health> live,
            Supplier<Health> ready,
            Map<String, Supplier<String>> documents,
            Function<String, Reply> traces)
            throws IOException {
        return open(
                address,
                metrics,
                live,
                ready,
                documents,
                traces,
                path -> Optional.empty(),
                List.of());
    }

    static AdminServer open(
            InetSocketAddress address,
            AdminPages pages,
            OwnPages own,
            Connections connections,
            long answerTimeoutMs)
            throws IOException {
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, AdminServer::thread, NioIoHandler.newFactory());
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(READ_BYTES))
                        .childHandler(pipeline(pages, own, connections, answerTimeoutMs))
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(loop);
            throw new IOException(BindFailure.sentence(address, bound.cause()), bound.cause());
        }
        return new AdminServer(loop, connections, bound.channel());
    }

    private static Thread thread(Runnable loop) {
        Thread thread = new FastThreadLocalThread(loop, "admin");
        thread.setDaemon(true);
        return thread;
    }

    private static ChannelInitializer<SocketChannel> pipeline(
            AdminPages pages, OwnPages own, Connections connections, long answerTimeoutMs) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel connection) {
                connection
                        .pipeline()
                        .addLast(
                                new HttpServerCodec(
                                        new HttpDecoderConfig()
                                                .setMaxInitialLineLength(REQUEST_LINE_MAX_BYTES)
                                                .setMaxHeaderSize(HEADERS_MAX_BYTES)),
                                new HttpServerKeepAliveHandler(),
                                new FlowControlHandler(),
                                new AdminConnection(pages, own, connections, answerTimeoutMs));
            }
        };
    }

    /// Where it listens, with the port that was chosen if the configuration said 0.
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /// Ends all connections. Waits a moment for the thread to end.
    @Override
    public void close() {
        if (loop.isShuttingDown()) {
            return;
        }
        listener.close().awaitUninterruptibly();
        // A loop that ends does not always close what is registered with it.
        loop.submit(connections::closeAll).awaitUninterruptibly(STOP_TIMEOUT_S, TimeUnit.SECONDS);
        stop(loop);
    }

    private static void stop(EventLoopGroup loop) {
        loop.shutdownGracefully(0, STOP_TIMEOUT_S, TimeUnit.SECONDS)
                .awaitUninterruptibly(STOP_TIMEOUT_S, TimeUnit.SECONDS);
    }
}
