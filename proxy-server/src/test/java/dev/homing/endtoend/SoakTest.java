package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.value.IpText;
import dev.homing.demo.Move;
import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.nat.RebindingRelay;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.ledger.SessionState;
import dev.homing.peers.Caddy;
import dev.homing.peers.GtlsClient;
import dev.homing.peers.GtlsServer;
import dev.homing.peers.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Minutes of real QUIC from three stacks through one Homing: nothing may fail, leak or go missing.
///
/// `./homing test -Dgroups=soak -Dhoming.soak.minutes=10`
@Tag("soak")
class SoakTest {

    private static final long MINUTES = Long.getLong("homing.soak.minutes", 10);
    private static final long MOST_GROWTH_KB = 48 << 10;

    @TempDir Path folder;

    private final Collection<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong connections = new AtomicLong();

    @FunctionalInterface
    private interface Round {
        void run(int number) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void nothingFailsLeaksOrGoesMissing(Shape shape) throws Exception {
        Site site = Site.in(folder);
        GtlsClient gtls = new GtlsClient(site);
        DemoCertificate certificate = DemoCertificate.create();
        ServerOptions netty = ServerOptions.named("netty");
        try (GtlsServer gtlsA = GtlsServer.start(site, "127.0.0.1", "-q");
                GtlsServer gtlsB = GtlsServer.start(site, "::1", "-q");
                Caddy caddyA = Caddy.start(site, "127.0.0.1");
                Caddy caddyB = Caddy.start(site, "127.0.0.1");
                QuicServer nettyA = QuicServer.start(netty, certificate);
                QuicServer nettyB = QuicServer.start(netty, certificate);
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .set("listeners.0.address", "127.0.0.1:0")
                                .set("listeners.0.pool", "gtls")
                                .set("listeners.1.address", "[::]:0")
                                .set("listeners.1.pool", "caddy")
                                .set("listeners.2.address", "0.0.0.0:0")
                                .set("listeners.2.pool", "netty")
                                .set("pools.gtls.backends.0.address", IpText.print(gtlsA.address()))
                                .set("pools.gtls.backends.1.address", IpText.print(gtlsB.address()))
                                .set(
                                        "pools.caddy.backends.0.address",
                                        IpText.print(caddyA.address()))
                                .set(
                                        "pools.caddy.backends.1.address",
                                        IpText.print(caddyB.address()))
                                .set(
                                        "pools.netty.backends.0.address",
                                        IpText.print(nettyA.address()))
                                .set(
                                        "pools.netty.backends.1.address",
                                        IpText.print(nettyB.address()))
                                .set("sessions.idle-timeout", "30s")
                                .start()) {
            long endNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
            InetSocketAddress caddy = new InetSocketAddress("::1", homing.address(1).getPort());
            InetSocketAddress proxy =
                    new InetSocketAddress("127.0.0.1", homing.address(2).getPort());
            List<Thread> workers = new ArrayList<>();
            workers.add(
                    worker(
                            "gtls",
                            endNs,
                            number ->
                                    check(
                                            gtls.get(
                                                    homing.address(0),
                                                    Site.MEDIUM,
                                                    gtlsOptions(number)))));
            workers.add(worker("caddy", endNs, number -> check(gtls.get(caddy, Site.LARGE, "-q"))));
            workers.add(worker("netty", endNs, number -> nettyRound(proxy, certificate, number)));

            long settledNs = System.nanoTime() + (endNs - System.nanoTime()) / 3;
            joinUntil(workers, settledNs);
            long before = residentKb();
            joinUntil(workers, endNs);
            for (Thread worker : workers) {
                worker.join();
            }
            long after = residentKb();

            System.out.printf(
                    "%s: %d connections in %d minutes, %d failed; resident %d kB, then %d kB; sessions %d + %d%n%s",
                    shape,
                    connections.get(),
                    MINUTES,
                    failures.size(),
                    before,
                    after,
                    homing.books().sessions(SessionState.ESTABLISHED),
                    homing.books().sessions(SessionState.HALF_OPEN),
                    homing.account());
            assertEquals(List.of(), List.copyOf(failures));
            assertTrue(connections.get() > 0);
            assertTrue(
                    after - before < MOST_GROWTH_KB,
                    () -> "resident memory grew from %d to %d kB".formatted(before, after));
            homing.assertBooksBalance();
        }
    }

    private Thread worker(String name, long endNs, Round round) {
        return Thread.ofPlatform()
                .name(name)
                .start(() -> {
                    for (int number = 0; System.nanoTime() - endNs < 0; number++) {
                        try {
                            round.run(number);
                            connections.incrementAndGet();
                        } catch (Exception | AssertionError e) {
                            String failure = name + " " + number + ": " + e;
                            System.out.println(failure);
                            failures.add(failure);
                        }
                    }
                });
    }

    private static void joinUntil(List<Thread> workers, long endNs) throws InterruptedException {
        long leftNs = endNs - System.nanoTime();
        if (leftNs > 0) {
            workers.getFirst().join(Duration.ofNanos(leftNs));
        }
    }

    private static String[] gtlsOptions(int number) {
        return switch (number % 4) {
            case 0 ->
                    new String[] {
                        "-q", "--change-local-addr=100ms", "--nat-rebinding", "--delay-stream=200ms"
                    };
            case 1 -> new String[] {"-q", "--scid="};
            case 2 -> new String[] {"-q", "-v0x1a2a3a4a", "--preferred-versions=v1"};
            default -> new String[] {"-q", "--key-update=5ms"};
        };
    }

    private static void check(GtlsClient.Run run) {
        if (!run.isGood()) {
            throw new AssertionError(run);
        }
    }

    private static void nettyRound(InetSocketAddress proxy, DemoCertificate certificate, int number)
            throws Exception {
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
                RebindingRelay relay = RebindingRelay.open(proxy);
                QuicClient client =
                        QuicClient.open(ClientOptions.toward(proxy), certificate.x509())) {
            ClientConnection connection = client.connect(relay.address()).get(30, TimeUnit.SECONDS);
            InetAddress next = InetAddress.ofLiteral("127.0.0." + (2 + number % 200));
            var transfer =
                    connection.getWithBreak(
                            1 << 20,
                            number,
                            received -> {},
                            () -> new Move(connection, relay, timer).to(next, moved -> {}));
            Transfer done = transfer.get(30, TimeUnit.SECONDS);
            if (!done.isIntact()) {
                throw new AssertionError(done);
            }
        }
    }

    /// What the whole process has in memory, after rubbish is collected.
    private static long residentKb() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
