package dev.homing.bench.soak.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Asked as Homing asks.
class NameServerTest {

    private static final int TIMEOUT_MS = 200;

    private final NameServer server = new NameServer();
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final DnsNameResolver client =
            new DnsNameResolverBuilder(loop.next())
                    .datagramChannelType(NioDatagramChannel.class)
                    .queryTimeoutMillis(TIMEOUT_MS)
                    .nameServerProvider(
                            new SingletonDnsServerAddressStreamProvider(
                                    new InetSocketAddress(
                                            InetAddress.getLoopbackAddress(), server.port())))
                    .build();

    NameServerTest() throws IOException {}

    @AfterEach
    void close() {
        client.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        server.close();
    }

    private Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> asked(
            String name, DnsRecordType type) {
        return client.query(new DefaultDnsQuestion(name, type)).awaitUninterruptibly();
    }

    /// The code, and the octets of the answer.
    private String ask(String name, DnsRecordType type) {
        AddressedEnvelope<DnsResponse, InetSocketAddress> envelope = asked(name, type).getNow();
        try {
            DnsResponse response = envelope.content();
            String answer =
                    response.count(DnsSection.ANSWER) > 0
                                    && response.recordAt(DnsSection.ANSWER)
                                            instanceof ByteBufHolder octets
                            ? ByteBufUtil.hexDump(octets.content())
                            : "nothing";
            return response.code() + " " + answer;
        } finally {
            envelope.release();
        }
    }

    @Test
    void tellsTheLatestAddress() {
        server.put("s4.soak.test", "127.0.0.1");
        assertEquals(DnsResponseCode.NOERROR + " 7f000001", ask("s4.soak.test", DnsRecordType.A));
        server.put("s4.soak.test", "127.9.0.1");
        assertEquals(DnsResponseCode.NOERROR + " 7f090001", ask("S4.Soak.test", DnsRecordType.A));
        assertEquals(DnsResponseCode.NOERROR + " nothing", ask("s4.soak.test", DnsRecordType.AAAA));
        assertEquals(DnsResponseCode.NXDOMAIN + " nothing", ask("s5.soak.test", DnsRecordType.A));
    }

    @Test
    void failsAndFallsSilentAsItIsTold() {
        server.put("s4.soak.test", "127.0.0.1");
        server.be(NameServer.Mood.FAILING);
        assertEquals(DnsResponseCode.SERVFAIL + " nothing", ask("s4.soak.test", DnsRecordType.A));
        server.be(NameServer.Mood.SILENT);
        assertFalse(asked("s4.soak.test", DnsRecordType.A).isSuccess());
        server.be(NameServer.Mood.GOOD);
        assertEquals(DnsResponseCode.NOERROR + " 7f000001", ask("s4.soak.test", DnsRecordType.A));
    }
}
