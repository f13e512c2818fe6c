package dev.homing.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ProxyServer;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.value.IpText;
import dev.homing.route.BackendState;
import dev.homing.route.PoolMember;
import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a running instance with backends `a`, `web/127.0.0.2` and `web/127.0.0.3`, which nobody
/// answers at.
class DrainCommandTest {

    private static final List<String> BACKENDS =
            List.of("a=127.0.0.1:9", "web/127.0.0.2=127.0.0.2:9", "web/127.0.0.3=127.0.0.3:9");

    private ProxyServer homing;

    @BeforeEach
    void start() throws IOException {
        homing = ProxyServer.start(configuration(BACKENDS));
    }

    @AfterEach
    void stop() {
        homing.close();
    }

    private static Configuration configuration(List<String> backends) {
        Sources sources =
                new Sources(
                        Optional.empty(),
                        Map.of(),
                        List.of("127.0.0.1:0"),
                        backends,
                        List.of(new Sources.NamedOption("--admin", "admin.address", "127.0.0.1:0")),
                        List.of(
                                "threads.shards=1",
                                "sessions.half-open-timeout=1s",
                                "pools.default.health.probe=always-up"));
        return switch (new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                .load(sources)) {
            case Outcome.Accepted accepted -> accepted.configuration();
            case Outcome.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private Typed typed(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--admin");
        all.add(IpText.print(homing.adminAddress().orElseThrow()));
        return Typed.of(all);
    }

    private List<String> draining() {
        return homing.routing().pools().getFirst().members().stream()
                .filter(member -> member.state() == BackendState.DRAINING)
                .map((PoolMember member) -> member.backend().name())
                .toList();
    }

    /// Opens one half-open session; returns when it is there.
    private void openSession() throws IOException {
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            byte[] initial =
                    ByteBuffer.allocate(1200)
                            .put((byte) 0xc0)
                            .putInt(1)
                            .put((byte) 8)
                            .putLong(1)
                            .put((byte) 8)
                            .putLong(2)
                            .array();
            InetSocketAddress to = homing.listenAddresses().getFirst();
            client.send(new DatagramPacket(initial, initial.length, to));
            Eventually.holds("the session is open", homing::hasSessions);
        }
    }

    @Test
    void drainsAndActivatesABackend() {
        Typed drained = typed("drain", "a");

        assertEquals(new Typed(0, "a: drained, 0 sessions left\n", ""), drained);
        assertEquals(List.of("a"), draining());

        assertEquals(new Typed(0, "a (default): active\n", ""), typed("activate", "a"));
        assertEquals(List.of(), draining());
    }

    @Test
    void aNameWithSeveralAddressesMeansAllAndOneOfThemItself() {
        assertEquals(0, typed("drain", "web").exitCode());
        assertEquals(List.of("web/127.0.0.2", "web/127.0.0.3"), draining());

        assertEquals(0, typed("activate", "web/127.0.0.3").exitCode());
        assertEquals(List.of("web/127.0.0.2"), draining());
    }

    @Test
    void waitsUntilNoSessionIsLeft() throws IOException {
        openSession();
        for (String name : List.of("a", "web")) {
            Typed waited = typed("drain", name, "--wait", "--timeout", "30s");
            assertEquals(0, waited.exitCode(), waited::err);
            assertEquals(name + ": drained, 0 sessions left\n", waited.out());
        }
    }

    @Test
    void saysWhatIsLeftAtTheEndOfTheTimeout() throws IOException {
        openSession();

        Typed one = typed("drain", "a", "--wait", "--timeout", "0s", "--output", "json");
        Typed other = typed("drain", "web", "--wait", "--timeout", "0s", "--output", "json");

        List<Integer> exitCodes = List.of(one.exitCode(), other.exitCode());
        assertTrue(exitCodes.contains(0) && exitCodes.contains(3), exitCodes::toString);
        Typed late = one.exitCode() == 3 ? one : other;
        assertTrue(late.out().startsWith("{\n  \"sessions\": 1,\n  \"backends\": ["), late.out());
        assertTrue(late.out().contains("\"state\": \"draining\",\n      \"drained\": true"));
    }

    @Test
    void aDrainSurvivesAReload() {
        typed("drain", "a");

        homing.changePools(configuration(List.of("a=127.0.0.1:9,weight=7", "b=127.0.0.4:9")));

        assertTrue(draining().contains("a"), () -> draining().toString());
    }

    @Test
    void refusesWhatThereIsNot() {
        Typed typed = typed("drain", "nobody");

        assertEquals(1, typed.exitCode());
        assertTrue(
                typed.err().contains("no pool lists a backend nobody: see /backends"), typed.err());
        assertEquals(2, typed("drain", "a", "--wait", "--timeout", "soon").exitCode());
        assertEquals(2, Typed.of("drain").exitCode());
    }
}
