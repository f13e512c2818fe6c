package dev.homing.demo.server;

import dev.homing.demo.wire.DemoCertificate;
import dev.homing.demo.wire.Loops;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.SslSessionTicketKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A QUIC server that answers [Request]s and remembers where its clients were.
///
/// It follows a client to a new address (RFC 9000 §9), sends trains of datagrams where the kernel
/// takes them (UDP GSO), and gives each client spare connection IDs. One event loop; every method
/// may be called from any thread.
public final class QuicServer implements AutoCloseable {
    /// Of the connections that came, as many are remembered; the oldest are forgotten first.
    private static final int MAX_REMEMBERED = 10_000;

    private static final long IDLE_TIMEOUT_MS = 30_000;

    private final ServerOptions options;
    private final DemoCertificate certificate;
    private final ServerTally tally = new ServerTally();
    private final ConcurrentMap<String, ServerConnection> connections = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<ServerConnection> inOrder = new ConcurrentLinkedQueue<>();
    private final EventLoopGroup loops;
    private final Channel socket;

    private QuicServer(ServerOptions options, DemoCertificate certificate) throws IOException {
        this.options = options;
        this.certificate = certificate;
        loops = Loops.open("demo-server", 1);
        try {
            socket = Loops.bind(loops, options.address(), codec());
        } catch (IOException | RuntimeException e) {
            Loops.close(loops);
            throw e;
        }
    }

    /// Starts a server; it answers when this returns.
    public static QuicServer start(ServerOptions options, DemoCertificate certificate)
            throws IOException {
        return new QuicServer(options, certificate);
    }

    public String name() {
        return options.name();
    }

    /// Where the server listens, with its real port.
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.localAddress();
    }

    /// What a client must trust.
    public DemoCertificate certificate() {
        return certificate;
    }

    public ServerCounts counts() {
        return tally.snapshot();
    }

    /// The remembered connections, oldest first; a snapshot.
    public List<ServerConnection> connections() {
        return List.copyOf(inOrder);
    }

    /// The connection whose handshake gave the client this connection ID.
    public Optional<ServerConnection> connection(String id) {
        return Optional.ofNullable(connections.get(id));
    }

    /// Closes every connection, telling its client, and stops listening.
    @Override
    public void close() {
        socket.close().awaitUninterruptibly(1_000);
        Loops.close(loops);
    }

    private ChannelHandler codec() {
        QuicSslContext tls =
                QuicSslContextBuilder.forServer(certificate.key(), null, certificate.x509())
                        .applicationProtocols(options.protocols().toArray(String[]::new))
                        .earlyData(true)
                        .build();
        SslSessionTicketKey ticketKey = options.ticketKey();
        if (ticketKey != null) {
            tls.sessionContext().setTicketKeys(ticketKey);
        }
        QuicServerCodecBuilder builder =
                new QuicServerCodecBuilder()
                        .sslContext(tls)
                        .maxIdleTimeout(IDLE_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                        .maxSendUdpPayloadSize(1350)
                        .maxRecvUdpPayloadSize(1350)
                        .initialMaxData(1 << 20)
                        .initialMaxStreamDataBidirectionalRemote(256 << 10)
                        .initialMaxStreamsBidirectional(100)
                        .activeMigration(true)
                        // quiche keeps as many paths of a connection and, when its client has no
                        // spare connection IDs (as Netty's has none), forgets none of them: a NAT
                        // can give such a client a new address 63 times.
                        .activeConnectionIdLimit(64)
                        .localConnectionIdLength(options.connectionIdLength())
                        .connectionIdAddressGenerator(options.connectionIds())
                        .option(
                                QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                                EpollQuicUtils.newSegmentedAllocator(Loops.MAX_TRAIN))
                        .handler(each(() -> new ConnectionWatch(tally, this::remember)))
                        .streamHandler(each(() -> new RequestStream(options.name(), tally)));
        if (options.retry()) {
            // Insecure means that the token is not sealed: good enough to make clients take the
            // round trip.
            builder.tokenHandler(InsecureQuicTokenHandler.INSTANCE);
        }
        return builder.build();
    }

    private void remember(ServerConnection connection) {
        connections.put(connection.id(), connection);
        inOrder.add(connection);
        if (connections.size() > MAX_REMEMBERED
                && inOrder.poll() instanceof ServerConnection oldest) {
            connections.remove(oldest.id(), oldest);
        }
    }

    private static ChannelHandler each(Supplier<ChannelHandler> handlers) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handlers.get());
            }
        };
    }
}
