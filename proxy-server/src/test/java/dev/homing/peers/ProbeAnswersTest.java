package dev.homing.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.control.health.probe.ProbeResult;
import dev.homing.control.health.probe.ProbeSockets;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.peers.QuicLbServer.Stack;
import dev.homing.testkit.Eventually;
import dev.homing.testkit.KwikServer;
import dev.homing.testkit.QuicLbIds;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which servers answer a health probe, as docs/SERVERS.md has it, and that one that has ended
/// refuses it.
class ProbeAnswersTest {

    private static final QuicLbIds IDS = QuicLbIds.plaintext(1, "0a0b0c", 6);
    private static final int PROBES = 20;

    @TempDir Path folder;

    private Site site;

    @BeforeEach
    void fillSite() throws IOException {
        site = Site.in(folder);
    }

    private static ProbeResult probe(ProbeSockets sockets, InetSocketAddress server)
            throws IOException {
        AtomicReference<ProbeResult> result = new AtomicReference<>();
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        sockets.send(server, deadlineNs, result::set);
        while (result.get() == null) {
            sockets.await(System.nanoTime(), deadlineNs);
            sockets.giveUp(System.nanoTime());
        }
        return result.get();
    }

    /// Each probe is answered: none of these servers takes so few for an attack.
    private static void isAnsweredUntilItEnds(InetSocketAddress server, AutoCloseable end)
            throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        try (ProbeSockets sockets = ProbeSockets.open(random, System.nanoTime())) {
            for (int i = 0; i < PROBES; i++) {
                assertEquals(ProbeResult.ANSWERED, probe(sockets, server), "probe " + i);
            }
            end.close();
            Eventually.holds(
                    "refused",
                    () -> {
                        try {
                            return probe(sockets, server) == ProbeResult.REFUSED;
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void quicGoAioquicAndQuinnAnswer(Stack stack) throws Exception {
        try (QuicLbServer server = QuicLbServer.start(stack, site, "127.0.0.1", "a", IDS)) {
            isAnsweredUntilItEnds(server.address(), server);
        }
    }

    @Test
    void caddyAnswers() throws Exception {
        try (Caddy server = Caddy.start(site, "127.0.0.1")) {
            isAnsweredUntilItEnds(server.address(), server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void ngtcp2Answers(String ip) throws Exception {
        try (GtlsServer server = GtlsServer.start(site, ip, "-q")) {
            isAnsweredUntilItEnds(server.address(), server);
        }
    }

    @Test
    void nettyAnswers() throws Exception {
        try (QuicServer server = QuicServer.start(ServerOptions.named("a"), site.trusted())) {
            isAnsweredUntilItEnds(server.address(), server);
        }
    }

    @Test
    void kwikAnswers() throws Exception {
        try (KwikServer server = KwikServer.start(KwikServer.Options.named("a"), site.trusted())) {
            isAnsweredUntilItEnds(server.address(), server);
        }
    }
}
