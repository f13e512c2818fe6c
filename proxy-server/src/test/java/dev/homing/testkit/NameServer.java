package dev.homing.testkit;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A name server on loopback, over UDP and TCP, that knows what a test tells it, and counts what it
/// is asked.
public final class NameServer implements AutoCloseable {

    /// How it answers.
    public enum Mood {
        /// As it should.
        GOOD,
        /// Not at all.
        SILENT,
        /// That it has failed (SERVFAIL).
        FAILING,
        /// Over UDP, that there is more than fits; over TCP, all.
        WORDY
    }

    private record Zone(long ttlSeconds, List<Object> values) {}

    private static final int ATTEMPTS = 20;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<String, Zone> zones = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Channel tcp;
    private final Channel udp;
    private volatile Mood mood = Mood.GOOD;

    public NameServer() {
        // One port for both; the second may be taken while the first is free.
        Channel connections = listen();
        Channel datagrams = null;
        for (int left = ATTEMPTS; datagrams == null; left--) {
            ChannelFuture bound = receive(connections.localAddress()).awaitUninterruptibly();
            if (bound.isSuccess()) {
                datagrams = bound.channel();
            } else if (left == 0) {
                throw new AssertionError(bound.cause());
            } else {
                Channel another = listen();
                connections.close();
                connections = another;
            }
        }
        tcp = connections;
        udp = datagrams;
    }

    private Channel listen() {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel connection) {
                                connection
                                        .pipeline()
                                        .addLast(
                                                new TcpDnsQueryDecoder(),
                                                new TcpDnsResponseEncoder(),
                                                new OverTcp());
                            }
                        })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    private ChannelFuture receive(SocketAddress address) {
        return new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .handler(
                        new ChannelInitializer<DatagramChannel>() {
                            @Override
                            protected void initChannel(DatagramChannel socket) {
                                socket.pipeline()
                                        .addLast(
                                                new DatagramDnsQueryDecoder(),
                                                new DatagramDnsResponseEncoder(),
                                                new OverUdp());
                            }
                        })
                .bind(address);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) udp.localAddress();
    }

    /// What a full name has from now on.
    ///
    /// @param values IP addresses, or names with a dot at the end that it stands for
    public NameServer put(String name, long ttlSeconds, String... values) {
        List<Object> parsed = new ArrayList<>();
        for (String value : values) {
            parsed.add(value.endsWith(".") ? value : InetAddress.ofLiteral(value));
        }
        zones.put(name, new Zone(ttlSeconds, parsed));
        return this;
    }

    public void be(Mood other) {
        mood = other;
    }

    /// The names that were asked for, each time, with their types: `web.test. A`.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private final class OverUdp extends SimpleChannelInboundHandler<DatagramDnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
            if (mood == Mood.SILENT) {
                return;
            }
            DatagramDnsResponse response =
                    new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
            if (mood == Mood.WORDY) {
                response.setTruncated(true);
                response.addRecord(DnsSection.QUESTION, question(query));
            } else {
                fill(query, response);
            }
            ctx.writeAndFlush(response);
        }
    }

    private final class OverTcp extends SimpleChannelInboundHandler<DnsQuery> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DnsQuery query) {
            DnsResponse response = new DefaultDnsResponse(query.id());
            fill(query, response);
            ctx.writeAndFlush(response);
        }
    }

    private static DnsQuestion question(DnsQuery query) {
        return query.recordAt(DnsSection.QUESTION);
    }

    private void fill(DnsQuery query, DnsResponse response) {
        DnsQuestion question = question(query);
        asked.add(question.name() + " " + question.type().name());
        response.addRecord(DnsSection.QUESTION, question);
        if (mood == Mood.FAILING) {
            response.setCode(DnsResponseCode.SERVFAIL);
            return;
        }
        String name = question.name().toLowerCase(Locale.ROOT);
        Zone zone = zones.get(name);
        if (zone == null) {
            response.setCode(DnsResponseCode.NXDOMAIN);
            return;
        }
        for (Object value : zone.values()) {
            switch (value) {
                case InetAddress address -> {
                    DnsRecordType type =
                            address.getAddress().length == 4 ? DnsRecordType.A : DnsRecordType.AAAA;
                    if (type.equals(question.type())) {
                        add(
                                response,
                                name,
                                type,
                                zone,
                                Unpooled.wrappedBuffer(address.getAddress()));
                    }
                }
                case String alias -> add(response, name, DnsRecordType.CNAME, zone, encoded(alias));
                default -> throw new AssertionError(value);
            }
        }
    }

    private static void add(
            DnsResponse response, String name, DnsRecordType type, Zone zone, ByteBuf content) {
        response.addRecord(
                DnsSection.ANSWER, new DefaultDnsRawRecord(name, type, zone.ttlSeconds(), content));
    }

    /// RFC 1035 section 3.1.
    private static ByteBuf encoded(String name) {
        ByteBuf encoded = Unpooled.buffer();
        for (String label : name.substring(0, name.length() - 1).split("\\.", -1)) {
            encoded.writeByte(label.length());
            encoded.writeCharSequence(label, StandardCharsets.US_ASCII);
        }
        return encoded.writeByte(0);
    }

    @Override
    public void close() {
        udp.close().syncUninterruptibly();
        tcp.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
