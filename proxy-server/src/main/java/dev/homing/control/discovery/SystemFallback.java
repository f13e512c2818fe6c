package dev.homing.control.discovery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// Asks the system's resolver for what name servers do not know: it may know other sources
/// (nsswitch.conf(5): mDNS, LDAP, the names of containers). It tells no time to live.
///
/// Threads of its own, for the system's resolver blocks.
final class SystemFallback implements Lookup {

    /// As long as Java itself keeps an answer of the system's by default.
    private static final Duration TTL = Duration.ofSeconds(30);

    private final Lookup first;

    SystemFallback(Lookup first) {
        this.first = first;
    }

    @Override
    public CompletableFuture<Found> ask(String name) {
        return first.ask(name)
                .thenCompose(found ->
                        hasAddress(found.ipv4()) || hasAddress(found.ipv6())
                                ? CompletableFuture.completedFuture(found)
                                : system(name, found));
    }

    private static boolean hasAddress(Answer answer) {
        return answer instanceof Answer.Known known && !known.addresses().isEmpty();
    }

    private static CompletableFuture<Found> system(String name, Found otherwise) {
        CompletableFuture<Found> answer = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("resolve-by-system")
                .start(() -> {
                    try {
                        List<InetAddress> all = List.of(InetAddress.getAllByName(name));
                        answer.complete(
                                new Found(
                                        known(
                                                all.stream()
                                                        .filter(ip -> ip instanceof Inet4Address)),
                                        known(
                                                all.stream()
                                                        .filter(ip ->
                                                                !(ip instanceof Inet4Address)))));
                    } catch (UnknownHostException | SecurityException e) {
                        answer.complete(otherwise);
                    }
                });
        return answer;
    }

    private static Answer known(Stream<InetAddress> addresses) {
        return new Answer.Known(addresses.toList(), TTL);
    }

    @Override
    public void close() {
        first.close();
    }
}
