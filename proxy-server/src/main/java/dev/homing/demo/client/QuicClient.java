package dev.homing.demo.client;

import dev.homing.demo.wire.Loops;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One UDP socket of a QUIC client, and the connections that it carries. It sends trains of
/// datagrams where the kernel takes them (UDP GSO).
///
/// Every method may be called from any thread, except that opening and closing wait and so must not
/// be done on an event loop.
public final class QuicClient implements AutoCloseable {
    /// How much a server may send on a stream before the client has read any of it.
    public static final int STREAM_WINDOW_BYTES = 64 << 10;

    private final ClientOptions options;
    private final EventLoopGroup loops;
    private final boolean ownsLoops;
    private final Channel socket;
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean used = new AtomicBoolean();

    private QuicClient(
            EventLoopGroup loops,
            boolean ownsLoops,
            ClientOptions options,
            QuicSslContextBuilder tls)
            throws IOException {
        this.options = options;
        this.loops = loops;
        this.ownsLoops = ownsLoops;
        socket = Loops.bind(loops, options.localAddress(), codec(options, tls));
    }

    /// Opens a client with an event loop of its own that believes only the `trusted` certificates.
    public static QuicClient open(ClientOptions options, X509Certificate... trusted)
            throws IOException {
        return open(options, trusting(trusted));
    }

    /// The same for a client that believes anyone: where servers are found by name, their
    /// certificates, which they make for themselves, cannot be known beforehand.
    public static QuicClient openBelievingAnyone(ClientOptions options) throws IOException {
        return open(
                options,
                QuicSslContextBuilder.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE));
    }

    private static QuicSslContextBuilder trusting(X509Certificate... trusted) {
        return QuicSslContextBuilder.forClient().trustManager(trusted);
    }

    private static QuicClient open(ClientOptions options, QuicSslContextBuilder tls)
            throws IOException {
        EventLoopGroup loops = Loops.open("demo-client", 1);
        try {
            return new QuicClient(loops, true, options, tls);
        } catch (IOException | RuntimeException e) {
            Loops.close(loops);
            throw e;
        }
    }

    /// Opens one of several clients that share `loops`; whoever made these closes them.
    public static QuicClient open(
            EventLoopGroup loops, ClientOptions options, X509Certificate... trusted)
            throws IOException {
        return new QuicClient(loops, false, options, trusting(trusted));
    }

    /// Where the client sends from, with its real port.
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.localAddress();
    }

    /// Opens one more connection from this client's socket.
    public CompletableFuture<ClientConnection> connect(InetSocketAddress server) {
        CompletableFuture<ClientConnection> result = new CompletableFuture<>();
        connect(server, new ConnectionErrors(), result);
        return result;
    }

    /// Opens one more connection and asks for bytes as soon as may be: together with the handshake
    /// (0-RTT) if this client has a session of an earlier connection to a server on this port, else
    /// right after it.
    public CompletableFuture<EarlyTransfer> connectAndGet(
            InetSocketAddress server, long lengthBytes, long seed) {
        EarlyRequest early = new EarlyRequest(lengthBytes, seed);
        CompletableFuture<ClientConnection> connected = new CompletableFuture<>();
        connect(server, early, connected);
        return connected.thenCompose(early::result);
    }

    private void connect(
            InetSocketAddress server,
            ChannelHandler handler,
            CompletableFuture<ClientConnection> result) {
        if (options.connectionIdLength() == 0 && !used.compareAndSet(false, true)) {
            result.completeExceptionally(
                    new IllegalStateException(
                            "a client without connection IDs has one connection per socket"));
            return;
        }
        QuicChannel.newBootstrap(socket)
                .remoteAddress(server)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, options.connectTimeoutMs())
                .option(
                        QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                        EpollQuicUtils.newSegmentedAllocator(Loops.MAX_TRAIN))
                .handler(handler)
                .connect()
                .addListener((Future<QuicChannel> connected) -> {
                    if (connected.isSuccess()) {
                        QuicChannel channel = connected.getNow();
                        connections.add(channel);
                        channel.closeFuture().addListener(closed -> connections.remove(channel));
                        result.complete(new ClientConnection(channel));
                    } else {
                        result.completeExceptionally(
                                new IOException("no connection with " + server, connected.cause()));
                    }
                });
    }

    private static ChannelHandler codec(ClientOptions options, QuicSslContextBuilder trust) {
        QuicSslContext tls = trust.applicationProtocols(options.protocol()).earlyData(true).build();
        return new QuicClientCodecBuilder()
                // Always by this name, which the certificate has: the balancer's address is not the
                // server's.
                .sslEngineProvider(channel ->
                        tls.newEngine(
                                channel.alloc(), "localhost", port(channel.remoteSocketAddress())))
                .maxIdleTimeout(options.idleTimeoutMs(), TimeUnit.MILLISECONDS)
                .maxSendUdpPayloadSize(1350)
                .maxRecvUdpPayloadSize(1350)
                .initialMaxData(1 << 20)
                .initialMaxStreamDataBidirectionalLocal(STREAM_WINDOW_BYTES)
                // How many connection IDs the server may give: one in use and seven to spare.
                .activeConnectionIdLimit(8)
                .localConnectionIdLength(options.connectionIdLength())
                .build();
    }

    private static int port(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress server ? server.getPort() : 0;
    }

    /// Closes every connection, telling its server, and the socket.
    @Override
    public void close() {
        for (Channel connection : connections) {
            connection.close().awaitUninterruptibly(1_000);
        }
        socket.close().awaitUninterruptibly(1_000);
        if (ownsLoops) {
            Loops.close(loops);
        }
    }
}
