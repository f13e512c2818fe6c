package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.value.IpText;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What shows only when all addresses are known.
final class ListenersAndPoolsTest {

    private static final TestNetwork NETWORK =
            new TestNetwork(
                    Map.of(
                            "dual.example", List.of("fd00::1", "192.0.2.9", "192.0.2.10"),
                            "one.example", List.of("192.0.2.1"),
                            "same.example", List.of("192.0.2.1", "192.0.2.1"),
                            "nowhere.example", List.of(),
                            "blocked.example", List.of("0.0.0.0")),
                    Set.of("192.0.2.200"));

    @TempDir Path folder;

    private static List<String> listeners(Configuration configuration) {
        return configuration.listeners().stream()
                .map(listener -> IpText.print(listener.address()))
                .toList();
    }

    private static List<String> backends(Configuration.Pool pool) {
        return pool.backends().stream()
                .map(backend -> backend.name() + "=" + IpText.print(backend.address()))
                .toList();
    }

    @Test
    void makesAListenerOfEachPortAndEachAddressOfAName() {
        Configuration configuration =
                new Loading()
                        .network(NETWORK)
                        .listen("127.0.0.1:4433-4435")
                        .listen("dual.example:443")
                        .listen(":1")
                        .backend("10.0.0.1:443")
                        .accepted();

        assertEquals(
                List.of(
                        "127.0.0.1:4433",
                        "127.0.0.1:4434",
                        "127.0.0.1:4435",
                        "192.0.2.9:443",
                        "192.0.2.10:443",
                        "[fd00::1]:443",
                        "[::]:1"),
                listeners(configuration));
    }

    @Test
    void allowsAnyFreePortSeveralTimesAndWildcardsOfBothFamilies() {
        Configuration configuration =
                new Loading()
                        .listen("127.0.0.1:0")
                        .listen("127.0.0.1:0")
                        .listen("0.0.0.0:4433")
                        .listen("[::]:4433")
                        .backend("10.0.0.1:443")
                        .accepted();

        assertEquals(
                List.of("127.0.0.1:0", "127.0.0.1:0", "0.0.0.0:4433", "[::]:4433"),
                listeners(configuration));
    }

    @Test
    void refusesTwoListenersOnOneAddress() {
        assertEquals(
                List.of(
                        "--listen 127.0.0.1:4434: listeners.1.address: 127.0.0.1:4434 is listened on already, at"
                                + " --listen 127.0.0.1:4433-4436. Remove one of the two.",
                        "--listen [::]:1: listeners.3.address: [::]:1 is listened on already, at --listen *:1."
                                + " Remove one of the two."),
                new Loading()
                        .listen("127.0.0.1:4433-4436")
                        .listen("127.0.0.1:4434")
                        .listen("*:1")
                        .listen("[::]:1")
                        .backend("10.0.0.1:443")
                        .problems());
    }

    @Test
    void namesTheBackendsBehindOneNameByTheirAddresses() {
        Configuration configuration =
                new Loading()
                        .network(NETWORK)
                        .listen("127.0.0.1:4433")
                        .backend("web=dual.example:443,weight=3")
                        .backend("dual.example:444")
                        .backend("one=one.example:443")
                        .backend("same.example:444")
                        .accepted();

        assertEquals(
                List.of(
                        "web/192.0.2.9=192.0.2.9:443",
                        "web/192.0.2.10=192.0.2.10:443",
                        "web/fd00::1=[fd00::1]:443",
                        "dual.example:444/192.0.2.9=192.0.2.9:444",
                        "dual.example:444/192.0.2.10=192.0.2.10:444",
                        "dual.example:444/fd00::1=[fd00::1]:444",
                        "one=192.0.2.1:443",
                        "same.example:444=192.0.2.1:444"),
                backends(configuration.pools().getFirst()));
        assertEquals(3, configuration.pools().getFirst().backends().get(2).weight());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere.example:1 | the name \"nowhere.example\" has no address. Check the name and the name server, or give an IP address.",
                "unknown.example:1 | the name \"unknown.example\" has no address. Check the name and the name server, or give an IP address.",
                "blocked.example:1 | \"blocked.example:1\" means all addresses of a machine. Give the one address that the server can be reached at.",
                "0.0.0.0:1 | \"0.0.0.0:1\" means all addresses of a machine. Give the one address that the server can be reached at.",
                "[::]:1 | \"[::]:1\" means all addresses of a machine. Give the one address that the server can be reached at.",
                "*:1 | \"*:1\" means all addresses of a machine. Give the one address that the server can be reached at.",
                "224.0.0.1:1 | \"224.0.0.1:1\" is a multicast address. Give a unicast address: QUIC has no other.",
                "192.0.2.7:4433 | \"192.0.2.7:4433\" is received by our own listener 192.0.2.7:4433. Give the address of a server; Homing would send to itself.",
                "127.0.0.1:4434 | \"127.0.0.1:4434\" is received by our own listener 0.0.0.0:4434. Give the address of a server; Homing would send to itself.",
                "192.0.2.200:4434 | \"192.0.2.200:4434\" is received by our own listener 0.0.0.0:4434. Give the address of a server; Homing would send to itself.",
                "127.0.0.1:4435 | \"127.0.0.1:4435\" is received by our own listener [::]:4435. Give the address of a server; Homing would send to itself.",
                "[::1]:4435 | \"[::1]:4435\" is received by our own listener [::]:4435. Give the address of a server; Homing would send to itself.",
            })
    void refusesBackendsThatCannotBeServers(String address, String problem) {
        assertEquals(
                List.of("--backend " + address + ": pools.default.backends.0.address: " + problem),
                new Loading()
                        .network(NETWORK)
                        .listen("192.0.2.7:4433")
                        .listen("0.0.0.0:4434")
                        .listen("[::]:4435")
                        .backend(address)
                        .problems());
    }

    @ParameterizedTest
    @CsvSource({"[::1]:4434", "192.0.2.7:4434", "127.0.0.1:4433", "127.0.0.1:4436"})
    void acceptsServersThatOurListenersDoNotReceiveFor(String address) {
        assertEquals(
                address,
                new Loading()
                        .network(NETWORK)
                        .listen("192.0.2.7:4433")
                        .listen("0.0.0.0:4434")
                        .listen("[::]:4435")
                        .backend(address)
                        .accepted()
                        .pools()
                        .getFirst()
                        .backends()
                        .getFirst()
                        .name());
    }

    @Test
    void keepsOneNameForAnAddressAndOneAddressForANameWithinAPool() {
        List<String> problems =
                Loading.of(
                                folder,
                                """
                                listeners: [{address: "127.0.0.1:4433", pool: a}]
                                pools:
                                  a:
                                    backends:
                                      - {name: x, address: 10.0.0.1:1}
                                      - {name: x, address: 10.0.0.2:1}
                                      - {name: y, address: 10.0.0.1:1}
                                      - {name: x, address: 10.0.0.1:1}
                                      - {name: z, address: 10.0.0.3:1}
                                  b:
                                    backends:
                                      - {name: x, address: 10.0.0.1:1}
                                      - {name: z, address: 10.0.0.4:1}
                                      - {name: other, address: 10.0.0.3:1}
                                """)
                        .problems();

        assertEquals(
                List.of(
                        "yaml:6:28: pools.a.backends.1.address: the name \"x\" is that of 10.0.0.1:1 too. Give each address a name of its own.",
                        "yaml:7:28: pools.a.backends.2.address: 10.0.0.1:1 is named \"y\" here and \"x\" before. Give an address the same name everywhere.",
                        "yaml:8:28: pools.a.backends.3.address: 10.0.0.1:1 is listed twice in this pool. Remove one of the two.",
                        "yaml:14:32: pools.b.backends.2.address: 10.0.0.3:1 is named \"other\" here and \"z\" before. Give an address the same name everywhere."),
                problems);
    }

    @Test
    void asksForListenersAndPoolsWhenNothingIsGiven() {
        assertEquals(
                List.of(
                        "configuration: pools: there is no pool. Give at least one server to forward to, for example --backend 10.0.0.1:4433.",
                        "configuration: listeners: there is no listener. Give at least one address to receive on, for example --listen :4433."),
                new Loading().problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listeners: {address: ':1'} | yaml:1:12: listeners: has a section where a list belongs. Begin each entry with a dash: - …",
                "listeners: ':1' | yaml:1:12: listeners: has the value \":1\" where a list belongs. Begin each entry with a dash: - …",
                "listeners: [':1'] | yaml:1:13: listeners.0: has the value \":1\" where keys belong. Write KEY: VALUE lines with the keys address, pool, steering.",
                "listeners: [] | yaml:1:12: listeners: there is no listener. Give at least one address to receive on, for example --listen :4433.",
                "listeners: | yaml:1:11: listeners: there is no listener. Give at least one address to receive on, for example --listen :4433.",
            })
    void refusesListenersThatAreNoListOfSections(String yaml, String problem) {
        assertEquals(
                List.of(problem),
                Loading.of(folder, yaml + "\npools: {a: {backends: [{address: 10.0.0.1:1}]}}\n")
                        .problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pools: [a] | yaml:1:8: pools: has a list where names belong. Write NAME: and the keys of pools below it.",
                "pools: {a: 10.0.0.1:1} | yaml:1:12: pools.a: has the value \"10.0.0.1:1\" where keys belong. Write KEY: VALUE lines with the keys balance, connection-id-length, cid-scheme, cid-configs, server-id-mappings, health, slow-start, backends, backends-file.",
                "pools: {a b: {backends: [{address: 10.0.0.1:1}]}} | yaml:1:9: pools: \"a b\" cannot be a name. Use letters, digits, dots, dashes and underscores, a letter or digit first, at most 63.",
                "pools: {a: {backends: {address: 10.0.0.1:1}}} | yaml:1:23: pools.a.backends: has a section where a list belongs. Begin each entry with a dash: - …",
                "pools: {a: {backends: []}} | yaml:1:23: pools.a.backends: there is no backend. Give at least one address of a server.",
                "pools: {} | yaml:1:8: pools: there is no pool. Give at least one server to forward to, for example --backend 10.0.0.1:4433.",
            })
    void refusesPoolsThatAreNoNamedSections(String yaml, String problem) {
        assertEquals(
                List.of(problem),
                Loading.of(folder, yaml + "\nlisteners: [{address: ':4433'}]\n").problems());
    }

    @Test
    void boundsListenersPoolsAndBackends() {
        Loading loading = new Loading();
        for (int i = 0; i < 4; i++) {
            loading.listen("127.0.0." + (i + 1) + ":1000-1063");
        }
        assertEquals(
                List.of(
                        "--listen 127.0.0.1:1000-1063: listeners: 256 addresses and ports are too many. Listen on at most 255."),
                loading.backend("10.0.0.1:443").problems());

        String pools =
                IntStream.range(0, 256)
                        .mapToObj(i ->
                                "  p" + i + ": {backends: [{address: 10.0.0.1:" + (i + 1) + "}]}\n")
                        .collect(Collectors.joining());
        assertEquals(
                List.of("yaml:3:3: pools: 256 pools are too many. Define at most 255."),
                Loading.of(folder, "listeners: [{address: ':4433', pool: p0}]\npools:\n" + pools)
                        .problems());
    }

    @Test
    void acceptsSixteenThousandBackendAddressesAndNotOneMore() {
        assertEquals(16_000, sixteenThousandAnd(0).accepted().pools().getFirst().backends().size());
        assertEquals(
                List.of(
                        "yaml:3:3: pools: 16001 backend addresses are too many. List at most 16000."),
                sixteenThousandAnd(1).problems());
    }

    private Loading sixteenThousandAnd(int more) {
        String backends =
                IntStream.range(0, 16_000 + more)
                        .mapToObj(i ->
                                "      - {name: b%d, address: 10.0.%d.%d:443, weight: 1, state: active}\n"
                                        .formatted(i, i / 256, i % 256))
                        .collect(Collectors.joining());
        return Loading.of(
                folder,
                "listeners: [{address: ':4433'}]\npools:\n  web:\n    backends:\n" + backends);
    }

    @Test
    void resolvesNamesSideBySideAndTellsThatItWaits() {
        List<String> slow = IntStream.range(0, 8).mapToObj(i -> "slow" + i + ".example").toList();
        var arrived = new CountDownLatch(slow.size());
        var told = new CountDownLatch(1);
        Network network =
                new Network() {
                    @Override
                    public List<InetAddress> resolve(String name) {
                        // Nobody gets an answer before all have asked and the person was told.
                        arrived.countDown();
                        try {
                            assertTrue(arrived.await(30, TimeUnit.SECONDS));
                            assertTrue(told.await(30, TimeUnit.SECONDS));
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        return List.of(
                                IpText.literal("10.0.0." + (1 + slow.indexOf(name))).orElseThrow());
                    }

                    @Override
                    public boolean isOwn(InetAddress address) {
                        return false;
                    }

                    @Override
                    public void waiting(String sentence) {
                        assertEquals("still resolving slow0.example …", sentence);
                        told.countDown();
                    }
                };
        Loading loading = new Loading().network(network).listen(":4433");
        slow.forEach(name -> loading.backend(name + ":443"));

        assertEquals(8, loading.accepted().pools().getFirst().backends().size());
    }
}
