package dev.homing;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.value.IpText;
import dev.homing.explain.CidMaker;
import dev.homing.explain.CidMakers;
import dev.homing.linux.BrokenMachine;
import dev.homing.linux.SocketBuffers;
import dev.homing.linux.UdpSocket;
import dev.homing.observe.log.EventLog;
import dev.homing.rehearsal.EchoServer;
import dev.homing.rehearsal.RoamingClients;
import dev.homing.rehearsal.Traffic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

/// `homing rehearse`: runs the proxy on the loopback interface, in both thread shapes, with every
/// way of finding a backend, and ends by itself.
///
/// It is what the JVM watches when it makes the cache that later starts are fast with
/// (`-XX:AOTCacheOutput`): the classes that `homing run` needs, and which methods to compile, and
/// how. Paths that production seldom takes are taken seldom here too, but they are taken: a branch
/// that was never seen is left out of the machine code, and the first datagram that takes it pays.
///
/// The main thread.
final class Rehearsal {

    static final int PASSED = 0;
    static final int FAILED = 1;

    /// The only file that it leaves in its folder.
    static final String FILE_NAME = "rehearsal.yaml";

    /// Of each shape. More of them make later starts no better (docs/decisions/0013).
    private static final int TURNS = 1_000;

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int ANSWER_TIMEOUT_MS = 5_000;

    /// Those of [#POOL_NAMES], of which the first gets the most traffic.
    private static final String POOLS =
            """
            pools:
              learned:
                backends: [%1$s]
              quic-lb:
                cid-scheme: quic-lb
                cid-configs:
                - {config-rotation-bits: 0, server-id-length: 2, nonce-length: 6, server-id-mappings: [{server-id: "0001", backend: a}, {server-id: "0002", backend: b}]}
                - {config-rotation-bits: 1, server-id-length: 2, nonce-length: 14, cid-key: 8f95f09245765f80256934e50c66207f, server-id-mappings: [{server-id: "0003", backend: a}, {server-id: "0004", backend: b}]}
                - {config-rotation-bits: 2, server-id-length: 2, nonce-length: 8, cid-key: 8f95f09245765f80256934e50c66207f, server-id-mappings: [{server-id: "0003", backend: a}, {server-id: "0004", backend: b}]}
                backends: [%1$s]
              aws-nlb:
                cid-scheme: aws-nlb
                balance: flow
                server-id-mappings: [{server-id: "0000000000000001", backend: a}, {server-id: "0000000000000002", backend: b}]
                backends: [%1$s]
              mvfst:
                cid-scheme: mvfst
                server-id-mappings: [{server-id: "00000001", backend: a}, {server-id: "00000002", backend: b}]
                backends: [%1$s]
            """;

    private static final List<String> POOL_NAMES =
            List.of("learned", "quic-lb", "aws-nlb", "mvfst");

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int LEARNED_ID_BYTES = 8;

    private final Path folder;

    /// @param folder for the configuration, which is written and read
    Rehearsal(Path folder) {
        this.folder = folder;
    }

    /// @return the exit code: whether the clients of every shape and pool were answered
    int run() throws IOException, InterruptedException {
        WarmUp.begin().end();
        boolean apart = play("{receivers: 1, shards: 1}", "text");
        boolean together = play("{receivers: 0, shards: 2}", "json");
        return apart && together ? PASSED : FAILED;
    }

    private boolean play(String threads, String logFormat)
            throws IOException, InterruptedException {
        try (EchoServer a = new EchoServer(LOOPBACK);
                EchoServer b = new EchoServer(LOOPBACK)) {
            Path file = folder.resolve(FILE_NAME);
            Files.writeString(file, text(a, b, threads, logFormat));
            Outcome.Accepted first = load(file);
            Configuration configuration = first.configuration();
            a.issue(ids(configuration, "a"));
            b.issue(ids(configuration, "b"));
            EventLog.start(logFormat.equals("json"), "info");
            Service service = new Service(() -> outcome(file));
            AtomicBoolean areAnswered = new AtomicBoolean();
            service.run(
                    first,
                    proxy -> {
                        areAnswered.set(speak(proxy, List.of(a, b)));
                        service.stop();
                    });
            // Not earlier: who stops a rehearsal wants it to end at once.
            service.obeySignals();
            return areAnswered.get();
        }
    }

    private static String text(EchoServer a, EchoServer b, String threads, String logFormat) {
        StringBuilder listeners = new StringBuilder("listeners:\n");
        for (String pool : POOL_NAMES) {
            listeners.append("- {address: \"127.0.0.1:0\", pool: ").append(pool).append("}\n");
        }
        if (hasIpv6()) {
            listeners
                    .append("- {address: \"[::1]:0\", pool: ")
                    .append(POOL_NAMES.getFirst())
                    .append("}\n");
        }
        String backends =
                "{name: a, address: \"%s\"}, {name: b, address: \"%s\"}"
                        .formatted(IpText.print(a.address()), IpText.print(b.address()));
        return listeners
                + POOLS.formatted(backends)
                + "threads: "
                + threads
                + "\nlog: {format: "
                + logFormat
                + "}\nadmin: {address: \"127.0.0.1:0\"}\n";
    }

    private static boolean hasIpv6() {
        try {
            UdpSocket.listen(new InetSocketAddress("::1", 0), 1, new SocketBuffers(0, 0))
                    .forEach(UdpSocket::close);
            return true;
        } catch (BrokenMachine e) {
            return false;
        }
    }

    private static Outcome.Accepted load(Path file) {
        return switch (outcome(file)) {
            case Outcome.Accepted accepted -> accepted;
            case Outcome.Refused refused ->
                    throw new IllegalStateException(refused.problems().toString());
        };
    }

    private static Outcome outcome(Path file) {
        return new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                .load(Sources.of(file.toString(), Map.of()));
    }

    /// The connection IDs that a server gives to clients, by the number of their pool.
    private static IntFunction<byte[]> ids(Configuration configuration, String server) {
        List<List<CidMaker>> makers = new ArrayList<>();
        for (String name : POOL_NAMES) {
            Configuration.Pool pool =
                    configuration.pools().stream()
                            .filter(candidate -> candidate.name().equals(name))
                            .findFirst()
                            .orElseThrow();
            makers.add(
                    pool.backends().stream()
                            .filter(backend -> backend.name().equals(server))
                            .flatMap(backend -> CidMakers.of(pool, backend).stream())
                            .toList());
        }
        SplittableRandom random = new SplittableRandom(server.hashCode());
        return pool -> {
            List<CidMaker> own = makers.get(pool);
            if (own.isEmpty()) {
                byte[] id = new byte[LEARNED_ID_BYTES];
                random.nextBytes(id);
                return id;
            }
            return own.get(random.nextInt(own.size())).random().connectionId();
        };
    }

    /// @return whether the clients of all pools were answered
    private static boolean speak(ProxyServer proxy, List<EchoServer> servers) {
        List<RoamingClients> clients = new ArrayList<>();
        try {
            List<InetSocketAddress> addresses = proxy.listenAddresses();
            for (int i = 0; i < addresses.size(); i++) {
                clients.add(new RoamingClients(addresses.get(i), i % POOL_NAMES.size()));
            }
            Traffic traffic = new Traffic(servers, clients);
            boolean areAnswered = traffic.run(TURNS, LIMIT_NS, PATIENCE_NS);
            ask(proxy, "/readyz");
            ask(proxy, "/metrics");
            return areAnswered;
        } finally {
            clients.forEach(RoamingClients::close);
        }
    }

    /// As a scraper or a probe does; what it gets is for the tests of the admin endpoint to check.
    private static void ask(ProxyServer proxy, String page) {
        InetSocketAddress admin = proxy.adminAddress().orElseThrow();
        try (Socket connection = new Socket(admin.getAddress(), admin.getPort())) {
            connection.setSoTimeout(ANSWER_TIMEOUT_MS);
            connection
                    .getOutputStream()
                    .write(
                            "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                    .formatted(page)
                                    .getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
