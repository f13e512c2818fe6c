package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.control.config.value.IpText;
import dev.homing.route.BackendState;
import dev.homing.route.Balance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// File, environment and options laid over each other.
final class OverlaysTest {

    private static final String YAML =
            """
            listeners:
              - address: 127.0.0.1:4433
                pool: web-eu
              - address: 127.0.0.1:4434
                pool: default
            pools:
              web-eu:
                backends:
                  - address: 10.0.0.1:443
              default:
                backends:
                  - address: 10.0.0.2:443
                    weight: 5
                  - address: 10.0.0.3:443
            sessions:
              idle-timeout: 3m
            """;

    @TempDir Path folder;

    @Test
    void laysTheEnvironmentOverTheFileAndOptionsOverBoth() {
        Loading loading =
                Loading.of(folder, YAML)
                        .environment("HOMING_SESSIONS_IDLE_TIMEOUT", "4m")
                        .environment("HOMING_THREADS_RECEIVERS", "1")
                        .environment("HOMING_THREADS_SHARDS", "1")
                        .environment("HOMING_ADMIN_ADDRESS", ":1")
                        .environment("HOMING_STOP_DRAIN_TIMEOUT", "1s")
                        .option("--admin", "admin.address", "off")
                        .option("--drain-timeout", "stop.drain-timeout", "2s")
                        .set("threads.shards=2")
                        .set("threads.shards=3")
                        .set("stop.drain-timeout=3s");
        Configuration configuration = loading.accepted();

        assertEquals(Duration.ofMinutes(4), configuration.sessions().idleTimeout());
        assertEquals(OptionalInt.of(1), configuration.threads().receivers());
        assertEquals(OptionalInt.of(3), configuration.threads().shards());
        assertEquals(Optional.empty(), configuration.admin());
        assertEquals(Duration.ofSeconds(3), configuration.stop().drainTimeout());
    }

    @Test
    void readsTheFileNamedInTheEnvironmentUnlessAnOptionNamesAnother() {
        Loading named = Loading.of(folder, YAML);
        String file = folder.resolve("yaml").toString();

        assertEquals(named.accepted(), new Loading().environment("HOMING_CONFIG", file).accepted());
        assertEquals(
                named.accepted(),
                Loading.of(folder, YAML).environment("HOMING_CONFIG", "/missing").accepted());
        assertEquals(
                List.of("HOMING_CONFIG: names no file. Name one, or leave it out altogether."),
                Loading.minimal().environment("HOMING_CONFIG", "").problems());
    }

    @Test
    void writesAWholeConfigurationInTheEnvironment() {
        Loading loading =
                new Loading()
                        .environment("HOMING_LISTENERS_0_ADDRESS", "127.0.0.1:4433")
                        .environment("HOMING_POOLS_WEB_EU_BALANCE", "flow")
                        .environment("HOMING_POOLS_WEB_EU_CONNECTION_ID_LENGTH", "8")
                        .environment("HOMING_HASH_KEY", "00112233445566778899aabbccddeeff")
                        .environment("HOMING_SOCKETS_SOURCE_ADDRESSES_0", "10.200.0.0/16")
                        .environment("PATH", "/bin");
        for (int i = 0; i < 12; i++) {
            loading.environment(
                    "HOMING_POOLS_WEB_EU_BACKENDS_" + i + "_ADDRESS", "10.0.0." + (i + 1) + ":443");
        }
        loading.environment("HOMING_POOLS_WEB_EU_BACKENDS_11_STATE", "draining");

        Configuration configuration = loading.accepted();
        Configuration.Pool pool = configuration.pools().getFirst();

        assertEquals("web-eu", pool.name());
        assertEquals(Balance.FLOW, pool.balance());
        assertEquals(OptionalInt.of(8), pool.connectionIdLength());
        assertEquals(12, pool.backends().size());
        assertEquals("10.0.0.12:443", IpText.print(pool.backends().get(11).address()));
        assertEquals(BackendState.DRAINING, pool.backends().get(11).state());
        assertEquals("web-eu", configuration.listeners().getFirst().pool());
        assertEquals(
                "10.200.0.0/16", configuration.sockets().sourceAddresses().getFirst().toString());
    }

    @Test
    void findsThePoolsOfTheFileInNamesOfTheEnvironment() {
        Configuration configuration =
                Loading.of(folder, YAML.replace("web-eu", "Web.eu"))
                        .environment("HOMING_POOLS_WEB_EU_BALANCE", "flow")
                        .environment("HOMING_POOLS_DEFAULT_BACKENDS_1_ADDRESS", "10.0.0.4:443")
                        .environment("HOMING_POOLS_DEFAULT_BACKENDS_2_ADDRESS", "10.0.0.5:443")
                        .environment("HOMING_LISTENERS_1_ADDRESS", "127.0.0.1:5")
                        .accepted();

        assertEquals("Web.eu", configuration.pools().getFirst().name());
        assertEquals(Balance.FLOW, configuration.pools().getFirst().balance());
        assertEquals(
                List.of("10.0.0.2:443", "10.0.0.4:443", "10.0.0.5:443"),
                configuration.pools().getLast().backends().stream()
                        .map(backend -> IpText.print(backend.address()))
                        .toList());
        assertEquals(5, configuration.pools().getLast().backends().getFirst().weight());
        assertEquals("default", configuration.listeners().get(1).pool());
        assertEquals(5, configuration.listeners().get(1).address().getPort());
    }

    @Test
    void refusesNamesThatFitSeveralPools() {
        assertEquals(
                List.of(
                        "HOMING_POOLS_WEB_EU_BALANCE: can mean pools.web-eu.balance or pools.web_eu.balance."
                                + " Set it in the file or with --set."),
                Loading.of(folder, YAML.replace("default", "web_eu"))
                        .environment("HOMING_POOLS_WEB_EU_BALANCE", "flow")
                        .problems());
        assertEquals(
                Balance.FLOW,
                Loading.of(folder, YAML.replace("default", "web_eu"))
                        .set("pools.web_eu.balance=flow")
                        .accepted()
                        .pools()
                        .getLast()
                        .balance());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HOMING_THREADS_RECIEVERS | is not a known key. Did you mean HOMING_THREADS_RECEIVERS?",
                "HOMING_LISTENERS_1_ADRESS | is not a known key. Did you mean HOMING_LISTENERS_1_ADDRESS?",
                "HOMING_POOLS_NEW_BACKENDS_7_WIGHT | is not a known key. Did you mean HOMING_POOLS_NEW_BACKENDS_7_WEIGHT?",
                "HOMING_POOLS_WEB_EU_BALANC | is not a known key. Did you mean HOMING_POOLS_WEB_EU_BALANCE?",
                "HOMING_LISTENERS_ADDRESS | is not a known key. Did you mean HOMING_LISTENERS_0_ADDRESS?",
                "HOMING_HASHKEY | is not a known key. Did you mean HOMING_HASH_KEY?",
                "HOMING_JAVA_OPT | is not a known key. See homing print-config for the keys.",
                "HOMING_ADMIN_PORT | is not a known key. See homing print-config for the keys.",
                "HOMING_ | is not a known key. See homing print-config for the keys.",
                "HOMING_threads_shards | is not a known key. See homing print-config for the keys.",
                "HOMING_THREADS | threads: is not a single value. Set a key in it: threads.receivers, threads.shards, threads.cpus.",
                "HOMING_LISTENERS | listeners: is not a single value. It is a list: set the values in it, from listeners.0 on.",
                "HOMING_POOLS | pools: is not a single value. Set a key below a name in it: pools.NAME.",
            })
    void refusesUnknownVariables(String name, String problem) {
        assertEquals(
                List.of(name + ": " + problem),
                Loading.of(folder, YAML).environment(name, "9").problems());
    }

    @Test
    void refusesVariablesAndOptionsWithoutAValue() {
        assertEquals(
                List.of(
                        "HOMING_THREADS_SHARDS: threads.shards: has no value. Give one, or leave it out altogether.",
                        "--set admin.address: admin.address: has no value. Give one, or leave it out altogether."),
                Loading.minimal()
                        .environment("HOMING_THREADS_SHARDS", "")
                        .set("admin.address=")
                        .problems());
    }

    @ParameterizedTest
    @CsvSource({
        "HOMING_SERVICE_HOST, 10.0.0.7",
        "HOMING_SERVICE_PORT, 4433",
        "HOMING_SERVICE_PORT_QUIC, 4433",
        "HOMING_PORT, udp://10.0.0.7:4433",
        "HOMING_PORT_4433_UDP, udp://10.0.0.7:4433",
        "HOMING_PORT_4433_UDP_PROTO, udp",
        "HOMING_PORT_4433_UDP_PORT, 4433",
        "HOMING_PORT_4433_UDP_ADDR, 10.0.0.7",
        "HOMING_ADMIN_SERVICE_HOST, 10.0.0.7",
        "HOMING_ADMIN_PORT, tcp://10.0.0.7:9090",
        "HOMING_ADMIN_PORT_9090_TCP_ADDR, 10.0.0.7",
        "HOMING_JAVA_HOME, /opt/jdk",
        "HOMING_JAVA_OPTS, -Xmx1g",
    })
    void leavesAloneWhatTheLauncherReadsAndWhatKubernetesSetsForAServiceOfThisName(
            String name, String value) {
        assertEquals(
                Loading.minimal().accepted(),
                Loading.minimal().environment(name, value).accepted());
    }

    @Test
    void refusesIndexesThatLeaveAGap() {
        assertEquals(
                List.of(
                        "HOMING_LISTENERS_3_ADDRESS: has index 3 where the list so far has 2."
                                + " Give index 2 first: no place may be left out."),
                Loading.of(folder, YAML)
                        .environment("HOMING_LISTENERS_3_ADDRESS", ":1")
                        .problems());
        assertEquals(
                List.of(
                        "--set pools.default.backends.1.weight: has index 1 where the list so far has 0."
                                + " Give index 0 first: no place may be left out."),
                new Loading()
                                .listen(":1")
                                .backend("10.0.0.1:1")
                                .set("pools.other.backends.1.weight=2")
                                .problems()
                                .stream()
                                .map(problem -> problem.replace("other", "default"))
                                .limit(1)
                                .toList());
    }

    @Test
    void replacesListenersAndTheBackendsOfTheDefaultPool() {
        Configuration configuration =
                Loading.of(folder, YAML)
                        .listen("127.0.0.1:5000")
                        .listen("[::1]:5000")
                        .set("listeners.0.pool=web-eu")
                        .set("listeners.1.pool=default")
                        .backend("a=10.0.1.1:443,weight=7")
                        .backend("10.0.1.2:443,state=draining,weight=0")
                        .accepted();

        assertEquals(
                List.of("127.0.0.1:5000", "[::1]:5000"),
                configuration.listeners().stream()
                        .map(listener -> IpText.print(listener.address()))
                        .toList());
        List<Configuration.Backend> backends = configuration.pools().getLast().backends();
        assertEquals("a", backends.getFirst().name());
        assertEquals(7, backends.getFirst().weight());
        assertEquals("10.0.1.2:443", backends.getLast().name());
        assertEquals(0, backends.getLast().weight());
        assertEquals(BackendState.DRAINING, backends.getLast().state());
    }

    @Test
    void makesTheDefaultPoolWhenOnlyOptionsAreGiven() {
        Configuration configuration = Loading.minimal().accepted();

        assertEquals("default", configuration.pools().getFirst().name());
        assertEquals("default", configuration.listeners().getFirst().pool());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1:1,wieght=2 | \"wieght=2\" is not understood after the address. Did you mean weight? Write"
                        + " [NAME=]ADDRESS, then ,weight=N or ,state=draining; for several backends give --backend several times.",
                "10.0.0.1:1,10.0.0.2:1 | \"10.0.0.2:1\" is not understood after the address. Write"
                        + " [NAME=]ADDRESS, then ,weight=N or ,state=draining; for several backends give --backend several times.",
                "10.0.0.1:1,weight=1,weight=2 | weight is given twice. Remove one of the two.",
                "10.0.0.1:1,weight= | pools.default.backends.0.weight: \"\" is not a whole number. Give a whole number, 0 to 1000.",
                "=10.0.0.1:1 | pools.default.backends.0.name: \"\" cannot be a name. Use letters, digits and . : / [ ] _ - % only, at most 200.",
                "a= | pools.default.backends.0.address: is empty. Give an address with a port, for example 10.0.0.1:4433.",
                ":4433 | pools.default.backends.0.address: \":4433\" means all addresses of a machine. Give the one address that the server can be reached at.",
            })
    void refusesBackendOptionsThatCannotBeUnderstood(String option, String problem) {
        assertEquals(
                List.of("--backend " + option + ": " + problem),
                new Loading().listen("127.0.0.1:4433").backend(option).problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threads.shards | --set: \"threads.shards\" is not KEY=VALUE. Write for example --set threads.shards=2.",
                "=2 | --set: \"=2\" is not KEY=VALUE. Write for example --set threads.shards=2.",
                "threads.shard=2 | --set threads.shard: is not a known key. Did you mean threads.shards?",
                "threads.=2 | --set threads.: is not a known key. See homing print-config for the keys.",
                "THREADS_SHARDS=2 | --set THREADS_SHARDS: is not a known key. See homing print-config for the keys.",
                "listeners.0=:1 | --set listeners.0: listeners.0: is not a single value. Set a key in it: listeners.0.address, listeners.0.pool, listeners.0.steering.",
                "hash-key=secret | --set hash-key: hash-key: has 6 characters instead of 32. Give 32 hexadecimal digits, for example from: openssl rand -hex 16.",
            })
    void refusesSettingsThatCannotBeUnderstood(String set, String problem) {
        assertEquals(List.of(problem), Loading.minimal().set(set).problems());
    }

    @Test
    void hidesOneSpellingOfTheHashKeyBehindTheOtherInAHigherLayer() {
        String key = "00112233445566778899aabbccddeeff";

        assertEquals(
                List.of(
                        "HOMING_HASH_KEY_FILE: hash-key-file: \"/missing\" does not exist. Check the path."),
                Loading.of(folder, YAML + "hash-key: " + key + "\n")
                        .environment("HOMING_HASH_KEY_FILE", "/missing")
                        .problems());
        assertEquals(
                Optional.empty(),
                Loading.of(folder, YAML + "hash-key-file: /missing\n")
                        .environment("HOMING_HASH_KEY", key)
                        .accepted()
                        .hashKeyFile());
        assertEquals(
                List.of(
                        "HOMING_HASH_KEY_FILE: hash-key-file: is given together with hash-key at HOMING_HASH_KEY."
                                + " Remove one of the two."),
                Loading.minimal()
                        .environment("HOMING_HASH_KEY", key)
                        .environment("HOMING_HASH_KEY_FILE", "/missing")
                        .problems());
    }
}
