package dev.homing;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.value.IpText;
import dev.homing.demo.DemoResult;
import dev.homing.demo.DemoScenario;
import dev.homing.demo.DemoTable;
import dev.homing.demo.ProgressLine;
import dev.homing.demo.Terminal;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.ledger.Books;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// `homing demo`: three QUIC servers, Homing in front of them, and clients that change address in
/// mid-transfer.
///
/// The main thread.
public final class Demonstration {

    /// The exit code when every byte arrived and every connection stayed on its server.
    public static final int PASSED = 0;

    public static final int FAILED = 1;

    private static final List<String> SERVERS = List.of("amber", "birch", "cedar");

    private final PrintStream out;
    private final PrintStream err;

    /// @param out for what was found
    /// @param err for progress
    public Demonstration(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// Shows it once.
    ///
    /// @param keep whether servers and Homing go on afterwards, until the process is told to stop
    /// @return the exit code
    public int run(boolean keep) throws IOException, InterruptedException {
        DemoCertificate certificate = DemoCertificate.create();
        List<QuicServer> servers = new ArrayList<>();
        try {
            for (String name : SERVERS) {
                servers.add(QuicServer.start(ServerOptions.named(name), certificate));
            }
            try (ProxyServer homing = ProxyServer.start(configuration(servers))) {
                DemoResult result = show(homing, servers);
                if (keep) {
                    keep(homing);
                }
                return result.isOk() && isBalanced(homing.books()) ? PASSED : FAILED;
            }
        } finally {
            servers.forEach(QuicServer::close);
        }
    }

    private static Configuration configuration(List<QuicServer> servers) {
        List<String> backends =
                servers.stream()
                        .map(server -> server.name() + "=" + IpText.print(server.address()))
                        .toList();
        Sources sources =
                new Sources(
                        Optional.empty(),
                        Map.of(),
                        List.of("127.0.0.1:0"),
                        backends,
                        List.of(new Sources.NamedOption("--admin", "admin.address", "127.0.0.1:0")),
                        List.of());
        return switch (new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                .load(sources)) {
            case Outcome.Accepted accepted -> accepted.configuration();
            case Outcome.Refused refused ->
                    throw new IllegalStateException(refused.problems().toString());
        };
    }

    private DemoResult show(ProxyServer homing, List<QuicServer> servers)
            throws IOException, InterruptedException {
        InetSocketAddress address = homing.listenAddresses().getFirst();
        out.printf(
                "Homing at %s, %d receivers and %d shards, in front of %d QUIC servers.%n",
                IpText.print(address), homing.receivers(), homing.shards(), servers.size());
        out.println(
                "Half of the clients get a new address in mid-transfer, as from a NAT that forgot them.");
        out.println();
        DemoResult result;
        try (ProgressLine progress = new ProgressLine(err, Terminal.ofErr())) {
            result = DemoScenario.run(address, servers, progress);
        }
        out.print(new DemoTable(Terminal.ofOut()).text(result));
        out.println(account(homing.books()));
        out.flush();
        return result;
    }

    private static String account(Books books) {
        return ("The books: %d datagrams came from clients and %d from servers; %d were forwarded, %d dropped, %d missing.%n"
                        + "Backends were found by learned connection ID %d times, by flow %d, by consistent hashing %d.")
                .formatted(
                        books.received(Side.CLIENT),
                        books.received(Side.BACKEND),
                        books.sent(Side.BACKEND) + books.sent(Side.CLIENT),
                        books.dropped(Side.CLIENT) + books.dropped(Side.BACKEND),
                        books.missing(Side.CLIENT) + books.missing(Side.BACKEND),
                        books.routed(RouteMethod.LEARNED),
                        books.routed(RouteMethod.FLOW),
                        books.routed(RouteMethod.HASH));
    }

    private static boolean isBalanced(Books books) {
        return books.missing(Side.CLIENT) == 0 && books.missing(Side.BACKEND) == 0;
    }

    private void keep(ProxyServer homing) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Signals.on("TERM", told::countDown);
        Signals.on("INT", told::countDown);
        out.println();
        homing.listenAddresses()
                .forEach(address -> out.println("QUIC     " + IpText.print(address)));
        homing.adminAddress()
                .ifPresent(address ->
                        out.println("metrics  http://" + IpText.print(address) + "/metrics"));
        out.println("Running until Ctrl-C.");
        out.flush();
        told.await();
    }
}
