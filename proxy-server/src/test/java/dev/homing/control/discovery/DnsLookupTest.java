package dev.homing.control.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.testkit.Eventually;
import dev.homing.testkit.NameServer;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against a real name server, on loopback.
final class DnsLookupTest {

    private final NameServer server = new NameServer();
    private final DnsLookup lookup = lookup(new SearchList(List.of(), 1));

    private DnsLookup lookup(SearchList search) {
        return new DnsLookup(new SingletonDnsServerAddressStreamProvider(server.address()), search);
    }

    @AfterEach
    void close() {
        lookup.close();
        server.close();
    }

    private static Answer.Known known(long ttlSeconds, String... addresses) {
        return new Answer.Known(
                Stream.of(addresses).map(InetAddress::ofLiteral).toList(),
                Duration.ofSeconds(ttlSeconds));
    }

    private Lookup.Found ask(String name) throws Exception {
        return lookup.ask(name).get(30, TimeUnit.SECONDS);
    }

    @Test
    void findsAllAddressesOfBothKindsAndHowLongTheyHold() throws Exception {
        server.put("web.test.", 30, "10.0.0.2", "10.0.0.1", "fd00::1");

        assertEquals(
                new Lookup.Found(known(30, "10.0.0.2", "10.0.0.1"), known(30, "fd00::1")),
                ask("web.test"));
    }

    @Test
    void followsNamesThatStandForOthersAndTakesTheShortestTime() throws Exception {
        server.put("www.test.", 60, "lb.test.")
                .put("lb.test.", 5, "web.test.")
                .put("web.test.", 300, "10.0.0.1");

        assertEquals(known(5, "10.0.0.1"), ask("www.test").ipv4());
    }

    @Test
    void endsWhereNamesStandForEachOther() throws Exception {
        server.put("a.test.", 60, "b.test.").put("b.test.", 60, "a.test.");

        assertEquals(known(0), ask("a.test").ipv4());
    }

    @Test
    void asksAgainOverTcpWhenTheAnswerWasCut() throws Exception {
        String[] many = new String[200];
        for (int i = 0; i < many.length; i++) {
            many[i] = "10.0.1." + i;
        }
        server.put("web.test.", 30, many).be(NameServer.Mood.WORDY);

        assertEquals(known(30, many), ask("web.test").ipv4());
    }

    @Test
    void aNameThatDoesNotExistHasNoAddress() throws Exception {
        assertEquals(new Lookup.Found(known(0), known(0)), ask("nowhere.test"));
    }

    @Test
    void aNameServerThatFailsIsAFailure() throws Exception {
        server.put("web.test.", 30, "10.0.0.1").be(NameServer.Mood.FAILING);

        assertEquals(new Answer.Failed("the name server says ServFail(2)"), ask("web.test").ipv4());
        assertEquals(4, server.asked().size(), "each kind was asked for twice");
    }

    @Test
    void aNameServerThatIsSilentIsAFailure() throws Exception {
        server.be(NameServer.Mood.SILENT);

        assertInstanceOf(Answer.Failed.class, ask("web.test").ipv4());
    }

    @Test
    void whatIsNoNameIsAFailureAndNoException() throws Exception {
        Lookup.Found found = ask("a".repeat(300) + ".test");

        assertInstanceOf(Answer.Failed.class, found.ipv4());
    }

    @Test
    void theMachinesOwnNamesComeFirst() throws Exception {
        server.put("localhost.", 30, "10.0.0.1");

        Answer.Known ipv4 = assertInstanceOf(Answer.Known.class, ask("localhost").ipv4());

        assertEquals(List.of(InetAddress.ofLiteral("127.0.0.1")), ipv4.addresses());
        assertEquals(List.of(), server.asked());
    }

    @Test
    void searchesTheDomainsOfTheMachine() throws Exception {
        server.put("web.prod.svc.test.", 30, "10.0.0.1");
        try (DnsLookup searching = lookup(new SearchList(List.of("svc.test", "cluster.test"), 5))) {
            assertEquals(
                    known(30, "10.0.0.1"),
                    searching.ask("web.prod").get(30, TimeUnit.SECONDS).ipv4());
        }
    }

    @Test
    void knowsInWhichOrderNamesAreTried() {
        SearchList list =
                SearchList.parse(
                        """
                        # Kubernetes writes this
                        nameserver 10.96.0.10
                        search default.svc.cluster.local svc.cluster.local
                        options timeout:1 ndots:2
                        """);

        assertEquals(
                List.of("web.default.svc.cluster.local.", "web.svc.cluster.local.", "web."),
                list.candidates("web"));
        assertEquals(
                List.of(
                        "web.example.org.",
                        "web.example.org.default.svc.cluster.local.",
                        "web.example.org.svc.cluster.local."),
                list.candidates("web.example.org"));
        assertEquals(List.of("web."), list.candidates("web."));
        assertEquals(List.of("web."), SearchList.parse("search .\n").candidates("web"));
    }

    @Test
    void aNameServerThatGoesAwayLeavesTheAddressesInPlace() throws Exception {
        server.put("web.test.", 0, "10.0.0.1", "10.0.0.2");
        Semaphore changed = new Semaphore(0);
        try (Names names =
                new Names(
                        () -> lookup(new SearchList(List.of(), 1)),
                        changed::release,
                        new Intervals(Duration.ofMillis(20), Duration.ofSeconds(1)),
                        RandomGenerator.of("L64X128MixRandom"))) {
            assertEquals(2, addresses(names));

            server.put("web.test.", 0, "10.0.0.1", "10.0.0.2", "10.0.0.3");
            assertTrue(changed.tryAcquire(10, TimeUnit.SECONDS), "one more");
            server.be(NameServer.Mood.FAILING);
            Eventually.holds(
                    "it fails", () -> names.state().stale() == 1 && names.state().failed() > 1);
            assertEquals(3, addresses(names));
            server.put("web.test.", 0, "10.0.0.3");
            server.be(NameServer.Mood.GOOD);
            assertTrue(changed.tryAcquire(10, TimeUnit.SECONDS), "two less");
            assertEquals(1, addresses(names));
        }
    }

    private static int addresses(Names names) throws UnknownHostException {
        return names.network(waiting -> {}).resolve("web.test").size();
    }
}
