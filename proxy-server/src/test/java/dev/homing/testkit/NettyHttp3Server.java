package dev.homing.testkit;

import dev.homing.demo.wire.DemoCertificate;
import dev.homing.demo.wire.Loops;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.http3.Http3ServerConnectionHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// Netty's QUIC server with HTTP/3, for clients that speak nothing else: answers every request with
/// the same bytes.
public final class NettyHttp3Server implements AutoCloseable {

    private static final long IDLE_TIMEOUT_MS = 30_000;
    private static final int WINDOW_BYTES = 1 << 20;

    private final EventLoopGroup loops = Loops.open("http3-server", 1);
    private final byte[] answer;
    private final Channel socket;

    /// @param ids makes connection IDs of `idLength` octets
    public NettyHttp3Server(
            DemoCertificate certificate, QuicConnectionIdGenerator ids, int idLength, byte[] answer)
            throws IOException {
        this.answer = answer;
        QuicSslContext tls =
                QuicSslContextBuilder.forServer(certificate.key(), null, certificate.x509())
                        .applicationProtocols(Http3.supportedApplicationProtocols())
                        .build();
        socket =
                Loops.bind(
                        loops,
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        Http3.newQuicServerCodecBuilder()
                                .sslContext(tls)
                                .maxIdleTimeout(IDLE_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                                .initialMaxData(WINDOW_BYTES)
                                .initialMaxStreamDataBidirectionalRemote(WINDOW_BYTES)
                                .initialMaxStreamDataBidirectionalLocal(WINDOW_BYTES)
                                .initialMaxStreamsBidirectional(100)
                                .activeMigration(true)
                                .activeConnectionIdLimit(8)
                                .localConnectionIdLength(idLength)
                                .connectionIdAddressGenerator(ids)
                                .handler(new Connections())
                                .build());
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.localAddress();
    }

    @Override
    public void close() {
        socket.close().awaitUninterruptibly(1_000);
        Loops.close(loops);
    }

    private final class Connections extends ChannelInitializer<QuicChannel> {
        @Override
        protected void initChannel(QuicChannel connection) {
            connection
                    .pipeline()
                    .addLast(
                            new Http3ServerConnectionHandler(
                                    new ChannelInitializer<QuicStreamChannel>() {
                                        @Override
                                        protected void initChannel(QuicStreamChannel stream) {
                                            stream.pipeline().addLast(new Requests());
                                        }
                                    }));
        }
    }

    private final class Requests extends Http3RequestStreamInboundHandler {
        @Override
        protected void channelRead(ChannelHandlerContext context, Http3HeadersFrame frame) {
            ReferenceCountUtil.release(frame);
        }

        @Override
        protected void channelRead(ChannelHandlerContext context, Http3DataFrame frame) {
            ReferenceCountUtil.release(frame);
        }

        @Override
        protected void channelInputClosed(ChannelHandlerContext context) {
            DefaultHttp3HeadersFrame headers = new DefaultHttp3HeadersFrame();
            headers.headers().status("200").addInt("content-length", answer.length);
            context.write(headers);
            context.writeAndFlush(new DefaultHttp3DataFrame(Unpooled.wrappedBuffer(answer)))
                    .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
        }
    }
}
