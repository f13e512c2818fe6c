package dev.homing.control.discovery;

import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks `/etc/hosts`, and then the name servers of this machine, which tell how long their answer
/// holds. Nothing is cached here.
final class DnsLookup implements Lookup {

    /// Of one question to one name server.
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /// Each time the next name server is asked, if there are several.
    private static final int ATTEMPTS = 2;

    /// Of names that stand for others, where the name server does not follow them itself.
    private static final int ALIASES_MAX = 8;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, DnsLookup::thread, NioIoHandler.newFactory());
    private final DnsNameResolver resolver;
    private final SearchList search;

    /// @param servers null for those of this machine, which are looked up again as they change
    DnsLookup(@Nullable DnsServerAddressStreamProvider servers, SearchList search) {
        DnsNameResolverBuilder builder =
                new DnsNameResolverBuilder(loop.next())
                        .datagramChannelType(NioDatagramChannel.class)
                        // An answer that was cut is asked for again over TCP (RFC 7766).
                        .socketChannelType(NioSocketChannel.class)
                        .queryTimeoutMillis(TIMEOUT.toMillis());
        resolver = (servers == null ? builder : builder.nameServerProvider(servers)).build();
        this.search = search;
    }

    private static Thread thread(Runnable run) {
        Thread thread = new Thread(run, "resolver");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletableFuture<Found> ask(String name) {
        Optional<Found> own = HostsFile.find(name);
        return own.isPresent()
                ? CompletableFuture.completedFuture(own.get())
                : ask(search.candidates(name), 0);
    }

    /// The first candidate that has an address, or of which nobody can say; else the last.
    private CompletableFuture<Found> ask(List<String> candidates, int index) {
        String name = candidates.get(index);
        return ask(name, DnsRecordType.A)
                .thenCombine(ask(name, DnsRecordType.AAAA), Found::new)
                .thenCompose(found ->
                        isNothing(found.ipv4())
                                        && isNothing(found.ipv6())
                                        && index + 1 < candidates.size()
                                ? ask(candidates, index + 1)
                                : CompletableFuture.completedFuture(found));
    }

    private static boolean isNothing(Answer answer) {
        return answer instanceof Answer.Known known && known.addresses().isEmpty();
    }

    private CompletableFuture<Answer> ask(String name, DnsRecordType type) {
        return ask(name, type, new Chain(type), ATTEMPTS, ALIASES_MAX);
    }

    private CompletableFuture<Answer> ask(
            String name, DnsRecordType type, Chain chain, int attempts, int aliases) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        DefaultDnsQuestion question;
        try {
            question = new DefaultDnsQuestion(name, type);
        } catch (IllegalArgumentException e) {
            // Not a name that could be asked for, such as one with a label of 64 octets.
            return CompletableFuture.completedFuture(new Answer.Failed("it is no DNS name"));
        }
        resolver.query(question)
                .addListener((Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> asked) ->
                        forward(answered(asked, name, type, chain, attempts, aliases), answer));
        return answer;
    }

    private static void forward(CompletableFuture<Answer> from, CompletableFuture<Answer> to) {
        from.whenComplete((answer, failure) -> {
            if (failure == null) {
                to.complete(answer);
            } else {
                to.complete(new Answer.Failed(failure.toString()));
            }
        });
    }

    private CompletableFuture<Answer> answered(
            Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> asked,
            String name,
            DnsRecordType type,
            Chain chain,
            int attempts,
            int aliases) {
        if (!asked.isSuccess()) {
            return attempts > 1
                    ? ask(name, type, chain, attempts - 1, aliases)
                    : failed(String.valueOf(asked.cause().getMessage()));
        }
        AddressedEnvelope<DnsResponse, InetSocketAddress> envelope = asked.getNow();
        try {
            DnsResponse response = envelope.content();
            DnsResponseCode code = response.code();
            if (!code.equals(DnsResponseCode.NOERROR) && !code.equals(DnsResponseCode.NXDOMAIN)) {
                return attempts > 1
                        ? ask(name, type, chain, attempts - 1, aliases)
                        : failed("the name server says " + code);
            }
            String last = chain.take(response, name);
            // RFC 1034 section 3.6.2: a name server that does not know what the other name has
            // tells only that there is one.
            return chain.hasAddresses() || last.equals(name) || aliases == 0
                    ? CompletableFuture.completedFuture(chain.answer())
                    : ask(last, type, chain, ATTEMPTS, aliases - 1);
        } finally {
            envelope.release();
        }
    }

    private static CompletableFuture<Answer> failed(String why) {
        return CompletableFuture.completedFuture(new Answer.Failed(why));
    }

    @Override
    public void close() {
        resolver.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
