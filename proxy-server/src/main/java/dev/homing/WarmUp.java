package dev.homing;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.value.HashKey;
import dev.homing.control.config.value.IpText;
import dev.homing.control.routing.RoutingTables;
import dev.homing.hash.SipHash;
import dev.homing.linux.OpenFiles;
import dev.homing.rehearsal.EchoServer;
import dev.homing.rehearsal.RoamingClients;
import dev.homing.rehearsal.Traffic;
import dev.homing.route.RoutingFeed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends datagrams of its own through a small data plane on the loopback interface, while the rest
/// of the process is still reading its configuration: code that no datagram has run through yet is
/// slow, and a socket that is open is not waiting for it.
///
/// ```
/// main     ── log ── command line ── configuration ──┐ end() ── sockets are opened ── started
/// warm-up     └── kernel calls linked ── traffic ────┘
/// ```
///
/// Begun and ended by the main thread. What fails here fails again, and is told, when the sockets
/// are opened. It leaves a few hundred slots and small tables behind, about 2 MiB.
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger("homing");

    /// What the compilers need at least, once datagrams flow (docs/decisions/0013).
    private static final long TRAFFIC_NS = TimeUnit.MILLISECONDS.toNanos(400);

    /// On a machine that is too busy, a start that takes its time is worse than a few drops.
    private static final long PATIENCE_MS = 1_000;

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final Thread thread;
    private volatile boolean isAwaited;
    private volatile boolean isTooLate;
    private volatile long answered;

    private WarmUp() {
        thread = Thread.ofPlatform().name("warm-up").daemon().unstarted(this::run);
    }

    static WarmUp begin() {
        WarmUp warmUp = new WarmUp();
        warmUp.thread.start();
        return warmUp;
    }

    /// Returns when enough has been sent and everything is closed again, or patience is at its end.
    void end() throws InterruptedException {
        isAwaited = true;
        if (!thread.join(Duration.ofMillis(PATIENCE_MS))) {
            isTooLate = true;
        }
    }

    /// How many datagrams and trains have gone there and back. Any thread.
    long answered() {
        return answered;
    }

    private void run() {
        try (EchoServer server = new EchoServer(LOOPBACK)) {
            Configuration configuration = configuration(server);
            try (DataPlane plane = plane(configuration);
                    RoamingClients clients =
                            new RoamingClients(
                                    new InetSocketAddress(
                                            LOOPBACK,
                                            plane.listening().getFirst().getFirst().port()),
                                    0)) {
                Traffic traffic = new Traffic(List.of(server), List.of(clients));
                long startNs = System.nanoTime();
                while (!isTooLate && (!isAwaited || System.nanoTime() - startNs < TRAFFIC_NS)) {
                    traffic.turn();
                    answered = clients.answered();
                }
            }
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("warm-up-failed");
        }
    }

    private static DataPlane plane(Configuration configuration) {
        HashKey key = HashKey.random();
        SipHash hash = new SipHash(key.low(), key.high());
        return DataPlane.start(
                configuration,
                Threads.of(
                        configuration,
                        Runtime.getRuntime().availableProcessors(),
                        OpenFiles.raise()),
                new RoutingFeed(new RoutingTables().of(configuration)),
                hash,
                hash);
    }

    private static Configuration configuration(EchoServer server) {
        Sources sources =
                new Sources(
                        Optional.empty(),
                        Map.of(),
                        List.of("127.0.0.1:0"),
                        List.of(IpText.print(server.address())),
                        List.of(),
                        List.of(
                                "sessions.max=4096",
                                "connection-ids.max=4096",
                                "queues.capacity=64"));
        return switch (new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                .load(sources)) {
            case Outcome.Accepted accepted -> accepted.configuration();
            case Outcome.Refused refused ->
                    throw new IllegalStateException(refused.problems().toString());
        };
    }
}
