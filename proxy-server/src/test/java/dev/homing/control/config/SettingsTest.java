package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.control.config.cid.CidSettings;
import dev.homing.control.config.health.HealthSettings;
import dev.homing.control.config.value.HashKey;
import dev.homing.control.config.value.IpText;
import dev.homing.control.config.value.LogFormat;
import dev.homing.control.config.value.LogLevel;
import dev.homing.control.config.value.Steering;
import dev.homing.route.BackendState;
import dev.homing.route.Balance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {

    private static final String KEY = "00112233445566778899aabbccddeeff";

    @TempDir Path folder;

    @Test
    void presetsEverythingButListenersAndBackends() {
        Configuration expected =
                new Configuration(
                        List.of(
                                new Configuration.Listener(
                                        address("127.0.0.1", 4433), "default", Steering.FLOW)),
                        List.of(
                                new Configuration.Pool(
                                        "default",
                                        Balance.CONNECTION_ID,
                                        OptionalInt.empty(),
                                        CidSettings.LEARNED,
                                        HealthSettings.STANDARD,
                                        List.of(
                                                new Configuration.Backend(
                                                        "10.0.0.1:443",
                                                        address("10.0.0.1", 443),
                                                        1,
                                                        BackendState.ACTIVE)))),
                        new Configuration.Threads(
                                OptionalInt.empty(), OptionalInt.empty(), List.of()),
                        new Configuration.Queues(4096),
                        new Configuration.Sessions(
                                1_048_576,
                                65_536,
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(10),
                                8),
                        new Configuration.ConnectionIds(2_097_152),
                        new Configuration.Sockets(
                                4 << 20,
                                4 << 20,
                                true,
                                Duration.ZERO,
                                OptionalInt.empty(),
                                List.of()),
                        new Limits(
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                24,
                                56,
                                Duration.ofSeconds(1),
                                true,
                                List.of()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(address("127.0.0.1", 9090)),
                        List.of(),
                        new Configuration.Stop(Duration.ofSeconds(30)),
                        new Configuration.Reload(true),
                        new Configuration.Log(LogFormat.AUTO, LogLevel.INFO));

        assertEquals(expected, Loading.minimal().accepted());
        assertEquals(List.of(), Loading.minimal().warnings());
    }

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(IpText.literal(ip).orElseThrow(), port);
    }

    @ParameterizedTest
    @CsvSource({
        "auto, auto, 1, 0, 1",
        "auto, auto, 2, 0, 2",
        "auto, auto, 3, 0, 3",
        "auto, auto, 4, 2, 2",
        "auto, auto, 5, 2, 3",
        "auto, auto, 256, 64, 64",
        "0, auto, 8, 0, 8",
        "1, auto, 8, 1, 7",
        "8, auto, 8, 8, 1",
        "auto, 3, 8, 4, 3",
        "64, 64, 1, 64, 64",
    })
    void spreadsThreadsOverTheCores(
            String receivers, String shards, int cores, int receiverCount, int shardCount) {
        Configuration.Threads threads =
                Loading.minimal()
                        .set("threads.receivers=" + receivers)
                        .set("threads.shards=" + shards)
                        .accepted()
                        .threads();

        assertEquals(receiverCount, threads.receiversOn(cores));
        assertEquals(shardCount, threads.shardsOn(cores));
    }

    /// The machine's cores do not count where CPUs are named.
    @ParameterizedTest
    @CsvSource({
        "auto, auto, '7', 0, 1",
        "auto, auto, '0-1', 0, 2",
        "auto, auto, '2-5,8', 2, 3",
        "1, auto, '3,1', 1, 1",
        "0, 2, '4-5', 0, 2",
    })
    void spreadsThreadsOverTheCpusThatAreNamed(
            String receivers, String shards, String cpus, int receiverCount, int shardCount) {
        Configuration.Threads threads =
                Loading.minimal()
                        .set("threads.receivers=" + receivers)
                        .set("threads.shards=" + shards)
                        .set("threads.cpus=" + cpus)
                        .accepted()
                        .threads();

        assertEquals(receiverCount, threads.receiversOn(64));
        assertEquals(shardCount, threads.shardsOn(64));
    }

    @Test
    void wantsACpuForEachReceiverAndShard() {
        assertEquals(
                List.of(
                        "--set threads.cpus: threads.cpus: names 3 of the 4 CPUs that the receivers and shards need."
                                + " Name one CPU for each of them, or lower threads.receivers or threads.shards."),
                Loading.minimal()
                        .set("threads.receivers=2")
                        .set("threads.shards=2")
                        .set("threads.cpus=1-3")
                        .problems());
        assertEquals(
                List.of(
                        "--set threads.cpus: warning: threads.cpus: names 4 CPUs for 3 receivers and shards."
                                + " The last ones stay unused; name fewer, or more threads."),
                Loading.minimal()
                        .set("threads.receivers=1")
                        .set("threads.shards=2")
                        .set("threads.cpus=0-3")
                        .warnings());
    }

    @Test
    void pinningAndPollingNeedARestart() {
        Configuration old = Loading.minimal().accepted();
        Configuration pinned = Loading.minimal().set("threads.cpus=0").accepted();
        Configuration polling = Loading.minimal().set("sockets.busy-poll=50us").accepted();

        assertEquals(List.of("threads"), Restart.keysChanged(old, pinned));
        assertEquals(List.of("sockets"), Restart.keysChanged(old, polling));
        assertEquals(List.of(), Restart.keysChanged(polling, polling));
    }

    @Test
    void boundsHalfOpenSessionsByAllSessions() {
        assertEquals(
                100, Loading.minimal().set("sessions.max=100").accepted().sessions().halfOpenMax());
        assertEquals(
                List.of(
                        "--set sessions.half-open-max: sessions.half-open-max: 101 is more than sessions.max, 100."
                                + " Give at most 100, or raise sessions.max."),
                Loading.minimal()
                        .set("sessions.max=100")
                        .set("sessions.half-open-max=101")
                        .problems());
    }

    @Test
    void refusesBlocksOfSourceAddressesThatOverlap() {
        assertEquals(
                List.of(
                        "--set sockets.source-addresses.1: sockets.source-addresses.1: 10.1.0.0/16 overlaps 10.0.0.0/8."
                                + " Give each address once."),
                Loading.minimal()
                        .set("sockets.source-addresses.0=10.0.0.0/8")
                        .set("sockets.source-addresses.1=10.1.0.0/16")
                        .problems());
    }

    @ParameterizedTest
    @CsvSource({"''", "'\n'", "'  \r\n'"})
    void readsTheHashKeyFromAFileOfItsOwn(String lineEnd) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), KEY + lineEnd);

        Configuration configuration = Loading.minimal().set("hash-key-file=" + file).accepted();

        assertEquals(
                Optional.of(new HashKey(0x0011223344556677L, 0x8899aabbccddeeffL)),
                configuration.hashKey());
        assertEquals(Optional.of(file.toString()), configuration.hashKeyFile());
    }

    @Test
    void refusesAFileWithoutAHashKeyAndDoesNotShowWhatItHolds() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "password");

        assertEquals(
                List.of(
                        "--set hash-key-file: hash-key-file: what \""
                                + file
                                + "\" holds has 8 characters instead of 32. Give 32 hexadecimal digits, for example from: openssl rand -hex 16."),
                Loading.minimal().set("hash-key-file=" + file).problems());
        assertEquals(
                List.of(
                        "--set hash-key-file: hash-key-file: \"/dev\" cannot be read: Is a directory. Check the path."),
                Loading.minimal().set("hash-key-file=/dev").problems());
        assertEquals(
                List.of(
                        "--set hash-key-file: hash-key-file: what \"/dev/zero\" holds has 4096 characters instead of 32."
                                + " Give 32 hexadecimal digits, for example from: openssl rand -hex 16."),
                Loading.minimal().set("hash-key-file=/dev/zero").problems());
    }

    /// In some locales the name of a file cannot have the letter.
    @Test
    void aSecretsFileMayHaveAnyName() {
        assertEquals(1, Loading.minimal().set("hash-key-file=schl\u00fcssel").problems().size());
    }

    @Test
    void acceptsTheExampleOfTheReferencePage() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "reference", "configuration.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        String example = page.substring(start, page.indexOf("```", start));

        assertEquals(
                2, Loading.of(folder, example).accepted().pools().getFirst().backends().size());
        assertEquals(List.of(), Loading.of(folder, example).warnings());
    }

    @Test
    void warnsOfWhatIsProbablyNotMeant() {
        assertEquals(
                List.of(
                        "--backend 10.0.0.1:1,weight=0: warning: pools.default.backends: no backend takes new connections."
                                + " Each is draining or has weight 0.",
                        "yaml:2:3: warning: pools.idle: no listener uses this pool. Name it at a listener, or remove it.",
                        "yaml:2:3: warning: hash-key: a pool balances by flow without a shared hash key. Several instances"
                                + " will choose differently, and again after each restart: give all of them the same hash-key.",
                        "--set sessions.idle-timeout: warning: sessions.idle-timeout: 1m59s is less than two minutes."
                                + " Connections that are silent for longer lose their way; RFC 9312 section 4.2 advises two"
                                + " minutes or more."),
                Loading.of(
                                folder,
                                """
                                pools:
                                  idle:
                                    backends: [{address: 10.0.0.9:1}]
                                """)
                        .listen(":4433")
                        .set("listeners.0.pool=default")
                        .backend("10.0.0.1:1,weight=0")
                        .backend("10.0.0.2:1,state=draining")
                        .set("sessions.idle-timeout=1m59s")
                        .set("pools.default.balance=flow")
                        .warnings());
        assertEquals(
                List.of(),
                Loading.minimal()
                        .set("pools.default.balance=flow")
                        .set("hash-key=" + KEY)
                        .warnings());
    }
}
