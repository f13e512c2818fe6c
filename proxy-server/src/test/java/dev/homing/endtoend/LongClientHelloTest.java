package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.demo.wire.Request;
import dev.homing.ledger.RouteMethod;
import dev.homing.testkit.Eventually;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("quic")
class LongClientHelloTest {

    private static final int ATTEMPTS = 10;
    private static final int UNKNOWN_PROTOCOLS = 8;
    private static final int PROTOCOL_NAME_LENGTH = 200;

    /// As browsers' are, since they carry post-quantum key shares. Here long names of protocols
    /// make it long.
    @ParameterizedTest
    @EnumSource
    void aClientHelloOverTwoInitialsReachesOneBackend(Shape shape) throws Exception {
        DemoCertificate certificate = DemoCertificate.create();
        List<String> protocols = new ArrayList<>();
        for (int i = 0; i < UNKNOWN_PROTOCOLS; i++) {
            protocols.add(Integer.toString(i).repeat(PROTOCOL_NAME_LENGTH));
        }
        protocols.add(Request.PROTOCOL);
        QuicSslContext tls =
                QuicSslContextBuilder.forClient()
                        .trustManager(certificate.x509())
                        .applicationProtocols(protocols.toArray(String[]::new))
                        .build();
        var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (QuicServer first = QuicServer.start(ServerOptions.named("first"), certificate);
                QuicServer second = QuicServer.start(ServerOptions.named("second"), certificate);
                QuicServer third = QuicServer.start(ServerOptions.named("third"), certificate);
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .backend("first", first.address())
                                .backend("second", second.address())
                                .backend("third", third.address())
                                .start()) {
            for (int i = 0; i < ATTEMPTS; i++) {
                connect(loops, tls, homing.address());
            }
            assertEquals(ATTEMPTS, homing.books().routed(RouteMethod.HASH), "first Initials");
            assertTrue(
                    homing.books().routed(RouteMethod.FLOW) >= ATTEMPTS,
                    "second Initials, before any answer");
            // A server may hear of the end of a handshake after the client does.
            Eventually.holds(
                    "each connection at one server",
                    () ->
                            first.counts().connections()
                                            + second.counts().connections()
                                            + third.counts().connections()
                                    == ATTEMPTS);
            homing.assertBooksBalance();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }

    private static void connect(
            MultiThreadIoEventLoopGroup loops, QuicSslContext tls, InetSocketAddress server)
            throws Exception {
        Channel socket =
                new Bootstrap()
                        .group(loops)
                        .channel(NioDatagramChannel.class)
                        .handler(
                                new QuicClientCodecBuilder()
                                        .sslEngineProvider(channel ->
                                                tls.newEngine(
                                                        channel.alloc(),
                                                        "localhost",
                                                        server.getPort()))
                                        .maxIdleTimeout(10, TimeUnit.SECONDS)
                                        .initialMaxData(1 << 20)
                                        .build())
                        .bind("127.0.0.1", 0)
                        .sync()
                        .channel();
        QuicChannel connection =
                QuicChannel.newBootstrap(socket)
                        .remoteAddress(server)
                        .handler(new ChannelInboundHandlerAdapter())
                        .connect()
                        .get(20, TimeUnit.SECONDS);
        assertTrue(connection.isActive());
        connection.close().sync();
        socket.close().sync();
    }
}
