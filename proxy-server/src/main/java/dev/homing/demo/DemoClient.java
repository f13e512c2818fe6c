package dev.homing.demo;

import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.nat.RebindingRelay;
import dev.homing.demo.server.PathEvent;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerConnection;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One client of the demonstration: connects, gets bytes, and if it is to move gets a new address
/// in the middle of its second transfer.
///
/// Opened, asked and closed by the scenario's thread; everything between happens on event loops.
final class DemoClient implements AutoCloseable {
    private final int number;
    private final DemoPlan plan;
    private final InetSocketAddress proxy;
    private final EventLoopGroup loops;
    private final QuicClient client;
    private final @Nullable RebindingRelay relay;
    private final InetSocketAddress firstAddress;
    private final DemoTally tally;

    private volatile @Nullable ClientConnection connection;
    private volatile String serverBefore = "";
    private volatile String serverAfter = "";
    private volatile @Nullable InetSocketAddress movedTo;
    private volatile long receivedBytes;
    private volatile String problem = "";

    private DemoClient(
            int number,
            DemoPlan plan,
            InetSocketAddress proxy,
            EventLoopGroup loops,
            QuicClient client,
            @Nullable RebindingRelay relay,
            DemoTally tally) {
        this.number = number;
        this.plan = plan;
        this.proxy = proxy;
        this.loops = loops;
        this.client = client;
        this.relay = relay;
        this.tally = tally;
        firstAddress = relay != null ? relay.outgoingAddress() : client.address();
    }

    static DemoClient open(
            int number,
            DemoPlan plan,
            InetSocketAddress proxy,
            EventLoopGroup loops,
            X509Certificate[] trusted,
            DemoTally tally)
            throws IOException {
        QuicClient client =
                QuicClient.open(
                        loops, ClientOptions.toward(proxy).withTimeouts(5_000, 15_000), trusted);
        try {
            RebindingRelay relay = number % 2 == 0 ? RebindingRelay.open(proxy) : null;
            return new DemoClient(number, plan, proxy, loops, client, relay, tally);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /// Does what the client is there for; completes in any case, and normally.
    CompletableFuture<Void> run() {
        RebindingRelay nat = relay;
        return client.connect(nat != null ? nat.address() : proxy)
                .thenCompose(open -> {
                    connection = open;
                    tally.connected();
                    return transfers(open);
                })
                .handle((done, failure) -> {
                    if (failure != null) {
                        problem = rootMessage(failure);
                    }
                    tally.finished();
                    return null;
                });
    }

    private CompletableFuture<Void> transfers(ClientConnection open) {
        return get(open, 1, false)
                .thenCompose(before -> {
                    serverBefore = before.server();
                    return get(open, 2, relay != null);
                })
                .thenCompose(during -> get(open, 3, false))
                .thenAccept(after -> serverAfter = after.server());
    }

    private CompletableFuture<Transfer> get(ClientConnection open, int round, boolean move) {
        long alreadyBytes = receivedBytes;
        long seed = number * 1_000L + round;
        LongConsumer progress =
                received -> {
                    tally.received(alreadyBytes + received - receivedBytes);
                    receivedBytes = alreadyBytes + received;
                };
        CompletableFuture<Transfer> transfer =
                move
                        ? open.getWithBreak(plan.transferBytes(), seed, progress, () -> move(open))
                        : open.get(plan.transferBytes(), seed, progress);
        return transfer.thenApply(got -> {
            if (!got.isIntact()) {
                throw new IllegalStateException("wrong byte at " + got.firstWrongByte());
            }
            return got;
        });
    }

    private CompletableFuture<Void> move(ClientConnection open) {
        RebindingRelay nat = Objects.requireNonNull(relay, "only a client with a relay moves");
        InetAddress to = nat.outgoingAddress().getAddress();
        // Every second of those that move also gets another IP address, as from Wi-Fi to mobile.
        if (number % 4 == 0 && to.isLoopbackAddress() && to instanceof Inet4Address) {
            to = InetAddress.ofLiteral("127.0.1." + number);
        }
        return new Move(open, nat, loops)
                .to(
                        to,
                        address -> {
                            movedTo = address;
                            tally.moved();
                        });
    }

    /// Whether the server has nothing more to notice: a client that got everything may be done a
    /// moment before its new address is validated.
    boolean isSettled(List<QuicServer> servers) {
        return relay == null
                || serverAfter.isEmpty()
                || paths(servers, PathEvent.Kind.VALIDATED) > 0;
    }

    DemoConnection result(List<QuicServer> servers) {
        InetSocketAddress movedTo = this.movedTo;
        long newPaths = paths(servers, PathEvent.Kind.NEW);
        long validatedPaths = paths(servers, PathEvent.Kind.VALIDATED);
        return new DemoConnection(
                number,
                firstAddress,
                movedTo,
                serverBefore,
                serverAfter,
                plan.bytesPerClient(),
                receivedBytes,
                movedTo != null ? 1 : 0,
                newPaths,
                validatedPaths,
                verdict(movedTo, newPaths, validatedPaths));
    }

    private String verdict(
            @Nullable InetSocketAddress movedTo, long newPaths, long validatedPaths) {
        if (!problem.isEmpty()) {
            return problem;
        } else if (serverAfter.isEmpty()) {
            return movedTo != null ? "lost when its address changed" : "not finished in time";
        } else if (receivedBytes != plan.bytesPerClient()) {
            return "bytes are missing";
        } else if (!serverBefore.equals(serverAfter)) {
            return "went to another server";
        } else if (movedTo != null && newPaths == 0) {
            return "the server was not shown the new address";
        } else if (movedTo != null && validatedPaths == 0) {
            return "the server could not validate the new address";
        }
        return "";
    }

    private long paths(List<QuicServer> servers, PathEvent.Kind kind) {
        ClientConnection open = connection;
        if (open == null) {
            return 0;
        }
        Optional<ServerConnection> found =
                servers.stream()
                        .flatMap(server -> server.connection(open.id()).stream())
                        .findFirst();
        return found.map(seen -> seen.count(kind)).orElse(0L);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message != null ? message : root.getClass().getSimpleName();
    }

    @Override
    public void close() {
        client.close();
        if (relay != null) {
            relay.close();
        }
    }
}
