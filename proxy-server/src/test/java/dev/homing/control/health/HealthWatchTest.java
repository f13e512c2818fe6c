package dev.homing.control.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.value.IpText;
import dev.homing.control.health.probe.ProbeResult;
import dev.homing.testkit.Eventually;
import dev.homing.testkit.FixedPort;
import dev.homing.testkit.Negotiator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The health watch toward servers on this machine.
class HealthWatchTest {

    private final List<Negotiator> servers = new ArrayList<>();
    private final Map<InetSocketAddress, Boolean> isDown = new ConcurrentHashMap<>();
    private final AtomicInteger ticks = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong icmpErrors = new AtomicLong();
    private final AtomicReference<Configuration> inForce = new AtomicReference<>();
    private HealthWatch watch;

    /// Counts of the first server; of the others, that each has answered 20.
    private final class Counts implements Traffic {

        @Override
        public long answered(InetSocketAddress backend) {
            if (isFirst(backend)) {
                return answered.get();
            }
            return ticks.get() > 1 ? 20 : 0;
        }

        @Override
        public long unanswered(InetSocketAddress backend) {
            return isFirst(backend) ? unanswered.get() : 0;
        }

        @Override
        public long icmpErrors(InetSocketAddress backend) {
            return isFirst(backend) ? icmpErrors.get() : 0;
        }

        private boolean isFirst(InetSocketAddress backend) {
            return backend.equals(servers.getFirst().address());
        }
    }

    private final class Table implements Verdicts {

        @Override
        public void change(Map<InetSocketAddress, Boolean> changes) {
            isDown.putAll(changes);
        }

        @Override
        public void tick() {
            ticks.incrementAndGet();
        }
    }

    private Negotiator serve(String ip) throws IOException {
        Negotiator server = Negotiator.open(FixedPort.at(ip));
        servers.add(server);
        return server;
    }

    private void configure(String... sets) {
        List<String> backends = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            backends.add("s" + i + "=" + IpText.print(servers.get(i).address()));
        }
        Sources sources =
                new Sources(
                        Optional.empty(),
                        Map.of(),
                        List.of("127.0.0.1:4433"),
                        backends,
                        List.of(),
                        List.of(sets));
        inForce.set(
                switch (new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                        .load(sources)) {
                    case Outcome.Accepted accepted -> accepted.configuration();
                    case Outcome.Refused refused -> throw new AssertionError(refused.problems());
                });
    }

    private void start(String... sets) throws IOException {
        configure(sets);
        watch =
                HealthWatch.start(
                        inForce::get, new Counts(), new Table(), new SplittableRandom(11));
    }

    @AfterEach
    void stop() {
        if (watch != null) {
            watch.close();
        }
        servers.forEach(Negotiator::close);
    }

    private void awaitDown(InetSocketAddress address, boolean is) {
        Eventually.holds("down is " + is, () -> Boolean.valueOf(is).equals(isDown.get(address)));
    }

    private long probes(InetSocketAddress address, ProbeResult result) {
        return watch.states().stream()
                .filter(state -> state.address().equals(address))
                .mapToLong(state -> state.probes(result))
                .sum();
    }

    private void awaitProbes(InetSocketAddress address, ProbeResult result, long count) {
        Eventually.holds(
                count + " probes " + result.label(), () -> probes(address, result) >= count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void findsAServerThatEndsAndItsReturnAndLeavesTheOtherAlone(String ip) throws IOException {
        InetSocketAddress first = serve(ip).address();
        InetSocketAddress other = serve(ip).address();
        start("pools.default.health.interval=100ms", "pools.default.health.timeout=100ms");
        awaitProbes(first, ProbeResult.ANSWERED, 1);
        awaitDown(first, false);

        servers.getFirst().close();
        awaitDown(first, true);
        assertTrue(probes(first, ProbeResult.REFUSED) >= 3);

        servers.add(Negotiator.open(first));
        awaitDown(first, false);
        awaitDown(other, false);
        assertEquals(0, probes(other, ProbeResult.REFUSED));
    }

    @Test
    void findsAServerThatHasStoppedAnswering() throws IOException {
        InetSocketAddress first = serve("127.0.0.1").address();
        start("pools.default.health.interval=100ms", "pools.default.health.timeout=50ms");
        awaitProbes(first, ProbeResult.ANSWERED, 1);
        servers.getFirst().setSilent(true);
        awaitDown(first, true);
        servers.getFirst().setSilent(false);
        awaitDown(first, false);
    }

    @Test
    void takesNoServerDownThatHasNeverAnswered() throws IOException {
        InetSocketAddress first = serve("127.0.0.1").address();
        servers.getFirst().setSilent(true);
        start("pools.default.health.interval=100ms", "pools.default.health.timeout=20ms");
        awaitProbes(first, ProbeResult.TIMED_OUT, 6);
        assertEquals(Boolean.FALSE, isDown.get(first));
    }

    @Test
    void takesAnEchoForNoAnswer() throws IOException {
        InetSocketAddress first = serve("127.0.0.1").address();
        servers.getFirst().setEcho(true);
        start(
                "pools.default.health.probe=version-negotiation",
                "pools.default.health.interval=100ms",
                "pools.default.health.timeout=20ms");
        awaitDown(first, true);
        assertEquals(0, probes(first, ProbeResult.ANSWERED));
    }

    @Test
    void asksFromAnotherPortEachTime() throws IOException {
        InetSocketAddress first = serve("127.0.0.1").address();
        start("pools.default.health.interval=100ms", "pools.default.health.timeout=100ms");
        awaitProbes(first, ProbeResult.ANSWERED, 10);
        assertTrue(servers.getFirst().ports().size() >= 9, "by chance one may come twice");
    }

    @Test
    void sendsNothingToWhoIsAlwaysUp() throws IOException {
        InetSocketAddress first = serve("127.0.0.1").address();
        start("pools.default.health.probe=always-up");
        Eventually.holds("several rounds", () -> ticks.get() > 4);
        assertEquals(0, servers.getFirst().received());
        servers.getFirst().close();
        awaitDown(first, false);
    }

    @Test
    void followsAReload() throws IOException {
        InetSocketAddress first = serve("127.0.0.1").address();
        start("pools.default.health.probe=always-up");
        awaitDown(first, false);
        InetSocketAddress second = serve("127.0.0.1").address();
        configure("pools.default.health.interval=100ms", "pools.default.health.timeout=100ms");
        awaitProbes(first, ProbeResult.ANSWERED, 1);
        awaitProbes(second, ProbeResult.ANSWERED, 1);

        servers.remove(1).close();
        configure("pools.default.health.interval=100ms", "pools.default.health.timeout=100ms");
        Eventually.holds("forgotten", () -> watch.states().size() == 1);
    }

    /// The interval is an hour: only errors of the network can be what brings the next probe.
    @Test
    void asksAtOnceWhenTheNetworkReportsErrors() throws IOException {
        InetSocketAddress first = serve("127.0.0.1").address();
        start("pools.default.health.interval=1h");
        awaitProbes(first, ProbeResult.ANSWERED, 1);
        servers.getFirst().close();
        icmpErrors.incrementAndGet();
        awaitProbes(first, ProbeResult.REFUSED, 1);
        awaitDown(first, true); // the rest follows soon, for a verdict is pending
    }

    @Test
    void believesNoReportOfTheNetworkThatAProbeDoesNotConfirm() throws IOException {
        InetSocketAddress first = serve("127.0.0.1").address();
        start("pools.default.health.interval=1h");
        awaitProbes(first, ProbeResult.ANSWERED, 1);
        icmpErrors.addAndGet(1_000);
        awaitProbes(first, ProbeResult.ANSWERED, 2);
        assertEquals(Boolean.FALSE, isDown.get(first));
    }

    @Test
    void findsAServerSilentThatAnswersNoProbesAndNoClients() throws IOException {
        InetSocketAddress first = serve("127.0.0.1").address();
        serve("127.0.0.1");
        serve("127.0.0.1");
        servers.forEach(server -> server.setSilent(true));
        start("pools.default.health.timeout=20ms");
        Eventually.holds("the first look", () -> ticks.get() > 0);
        unanswered.addAndGet(50);
        awaitDown(first, true);
        assertEquals(Boolean.FALSE, isDown.get(servers.getLast().address()));
    }

    @Test
    void isNotFooledByGarbageTowardAServerThatAnswersClients() throws IOException {
        InetSocketAddress first = serve("127.0.0.1").address();
        serve("127.0.0.1");
        servers.forEach(server -> server.setSilent(true));
        start("pools.default.health.timeout=20ms");
        Eventually.holds("the first look", () -> ticks.get() > 0);
        answered.incrementAndGet();
        unanswered.addAndGet(1_000_000);
        int now = ticks.get();
        Eventually.holds("several looks", () -> ticks.get() > now + 4);
        assertEquals(Boolean.FALSE, isDown.get(first));
    }

    @Test
    void hasMoreServersAskedThanItHasSocketsFor() throws IOException {
        for (int i = 0; i < 300; i++) {
            serve("127.0.0." + (2 + i % 200));
        }
        start("pools.default.health.interval=100ms", "pools.default.health.timeout=100ms");
        Eventually.holds(
                "each is answered",
                () ->
                        watch.states().stream()
                                        .filter(state -> state.probes(ProbeResult.ANSWERED) > 0)
                                        .count()
                                == 300);
    }
}
