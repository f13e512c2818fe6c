package dev.homing.bench.alternatives;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A proxy on Netty's own datagram channels, in the way that is quickest there: recvmmsg(2) by
/// `MAX_DATAGRAM_PAYLOAD_SIZE`, writes that are flushed once a batch (sendmmsg(2)), pooled buffers,
/// everything on one event loop. Each client has a connected channel of its own.
public final class NettyProxy extends ChannelInboundHandlerAdapter {

    private static final int BUFFER_BYTES = 4 << 20;
    private static final int DATAGRAM_BYTES = 2048;
    private static final int BATCH = 64;

    private final HashRing ring;
    private final EventLoopGroup loop;
    private final Map<InetSocketAddress, Channel> sockets = new HashMap<>();
    private final List<Channel> written = new ArrayList<>();

    private NettyProxy(HashRing ring, EventLoopGroup loop) {
        this.ring = ring;
        this.loop = loop;
    }

    public static void main(String[] ports) throws InterruptedException {
        ParentWatch.start();
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Channel clients =
                bootstrap(loop)
                        .handler(new NettyProxy(HashRing.of(ports), loop))
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .sync()
                        .channel();
        int port = ((InetSocketAddress) clients.localAddress()).getPort();
        System.out.println("{\"port\":" + port + "}");
        System.out.flush();
        clients.closeFuture().sync();
    }

    private static Bootstrap bootstrap(EventLoopGroup loop) {
        return new Bootstrap()
                .group(loop)
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, BUFFER_BYTES)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(BATCH * DATAGRAM_BYTES));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        ByteBuf payload = packet.content();
        Channel socket = sockets.get(packet.sender());
        if (socket == null) {
            open(context.channel(), packet);
        } else if (!socket.isActive()) {
            packet.release();
        } else {
            socket.write(payload);
            if (written.isEmpty() || !written.getLast().equals(socket)) {
                written.add(socket);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        for (Channel socket : written) {
            socket.flush();
        }
        written.clear();
    }

    private void open(Channel clients, DatagramPacket first) {
        InetSocketAddress backend = ring.find(first.content().nioBuffer());
        ChannelFuture connected =
                bootstrap(loop).handler(new Answers(clients, first.sender())).connect(backend);
        sockets.put(first.sender(), connected.channel());
        connected.addListener(done -> connected.channel().writeAndFlush(first.content()));
    }

    /// From one client's backend.
    private static final class Answers extends ChannelInboundHandlerAdapter {

        private final Channel clients;
        private final InetSocketAddress client;

        Answers(Channel clients, InetSocketAddress client) {
            this.clients = clients;
            this.client = client;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            clients.write(new DatagramPacket(((DatagramPacket) message).content(), client));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            clients.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // UDP: a refused datagram is lost, and the next one may arrive.
            context.flush();
        }
    }
}
