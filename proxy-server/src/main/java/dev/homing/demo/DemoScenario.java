package dev.homing.demo;

import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerCounts;
import dev.homing.demo.wire.Loops;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Clients get bytes through a balancer, and half of them have a new address before they are done.
public final class DemoScenario {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    // A path is validated within a round trip; a lost challenge is sent again within a second.
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(3);
    private static final int CLIENT_LOOPS = 2;

    private DemoScenario() {}

    /// As [#run(DemoPlan, InetSocketAddress, List, Consumer)], with the standard plan.
    public static DemoResult run(
            InetSocketAddress proxy, List<QuicServer> servers, Consumer<DemoProgress> progress)
            throws IOException, InterruptedException {
        return run(DemoPlan.STANDARD, proxy, servers, progress);
    }

    /// Runs the plan and waits for its end.
    ///
    /// @param proxy the balancer in front of `servers`
    /// @param progress called about ten times a second on the calling thread
    /// @throws IOException when a client cannot be opened; what goes wrong later is in the result
    public static DemoResult run(
            DemoPlan plan,
            InetSocketAddress proxy,
            List<QuicServer> servers,
            Consumer<DemoProgress> progress)
            throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        DemoTally tally = new DemoTally();
        List<ServerCounts> before = servers.stream().map(QuicServer::counts).toList();
        X509Certificate[] trusted =
                servers.stream()
                        .map(server -> server.certificate().x509())
                        .toArray(X509Certificate[]::new);
        EventLoopGroup loops = Loops.open("demo-client", CLIENT_LOOPS);
        List<DemoClient> clients = new ArrayList<>();
        try {
            for (int number = 1; number <= plan.clients(); number++) {
                clients.add(DemoClient.open(number, plan, proxy, loops, trusted, tally));
            }
            CompletableFuture<?> all =
                    CompletableFuture.allOf(
                            clients.stream()
                                    .map(DemoClient::run)
                                    .toArray(CompletableFuture<?>[]::new));
            Runnable tick = () -> progress.accept(tally.progress(plan));
            await(startNs + plan.deadline().toNanos(), tick, all::isDone);
            await(
                    System.nanoTime() + SETTLE_NS,
                    tick,
                    () -> clients.stream().allMatch(client -> client.isSettled(servers)));
            List<DemoConnection> connections =
                    clients.stream().map(client -> client.result(servers)).toList();
            return new DemoResult(
                    connections, shares(servers, before), System.nanoTime() - startNs);
        } finally {
            clients.forEach(DemoClient::close);
            Loops.close(loops);
        }
    }

    /// What each server did since `before`.
    private static List<DemoServer> shares(List<QuicServer> servers, List<ServerCounts> before) {
        List<DemoServer> shares = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            QuicServer server = servers.get(i);
            ServerCounts then = before.get(i);
            ServerCounts now = server.counts();
            shares.add(
                    new DemoServer(
                            server.name(),
                            server.address(),
                            now.connections() - then.connections(),
                            now.bytesSent() - then.bytesSent(),
                            now.newPaths() - then.newPaths()));
        }
        return shares;
    }

    private static void await(long endNs, Runnable tick, BooleanSupplier done)
            throws InterruptedException {
        long nextTickNs = System.nanoTime();
        while (!done.getAsBoolean()) {
            long nowNs = System.nanoTime();
            if (nowNs - endNs > 0) {
                return;
            }
            if (nowNs - nextTickNs >= 0) {
                tick.run();
                nextTickNs = nowNs + TICK_NS;
            }
            LockSupport.parkNanos(TICK_NS / 20);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        tick.run();
    }
}
