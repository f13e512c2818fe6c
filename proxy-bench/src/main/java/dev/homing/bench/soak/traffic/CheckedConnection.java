package dev.homing.bench.soak.traffic;

import dev.homing.bench.soak.fleet.ConfigurationFiles;
import dev.homing.bench.soak.model.Model;
import dev.homing.demo.Move;
import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.nat.RebindingRelay;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One connection from the attempt to its end, behind a NAT of its own, and the verdict on it.
///
/// One thread.
final class CheckedConnection implements AutoCloseable {

    /// Longer than any outage of Homing, shorter than the servers' own.
    private static final int IDLE_MS = 20_000;

    /// How long an attempt with an excuse is waited for.
    private static final long EXCUSED_SECONDS = 3;

    private static final long TRANSFER_SECONDS = 40;

    /// How long a transfer that may stall is waited for: after an outage of Homing that cut it, or
    /// after its beginning if a move in it may lose the connection.
    private static final long STALL_SECONDS = 10;

    /// After so long a silence Homing may have forgotten it.
    private static final long SILENCE_NS =
            TimeUnit.SECONDS.toNanos(ConfigurationFiles.IDLE_TIMEOUT_SECONDS - 1);

    private static final long LOOK_MS = 200;
    private static final int FIRST_OCTETS = 1_000;

    private final Scene scene;
    private final Random random;
    private final EventLoopGroup loops;
    private final long fromNanos;
    private final QuicClient client;
    private final RebindingRelay relay;
    private @Nullable ClientConnection connection;
    private String server = "";
    private long heardNanos;

    private CheckedConnection(
            Scene scene,
            Random random,
            EventLoopGroup loops,
            long fromNanos,
            QuicClient client,
            RebindingRelay relay) {
        this.scene = scene;
        this.random = random;
        this.loops = loops;
        this.fromNanos = fromNanos;
        this.client = client;
        this.relay = relay;
    }

    /// Opens the sockets only; see [#begin].
    static CheckedConnection open(Scene scene, Random random, EventLoopGroup loops)
            throws IOException {
        long fromNanos = scene.now();
        QuicClient client =
                QuicClient.open(
                        loops,
                        ClientOptions.toward(scene.proxy())
                                .withTimeouts(
                                        Math.toIntExact(scene.patience().toMillis()), IDLE_MS),
                        scene.trusted().get());
        try {
            return new CheckedConnection(
                    scene, random, loops, fromNanos, client, RebindingRelay.open(scene.proxy()));
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /// Connects, and asks who answers; false if that failed, rightly or not.
    boolean begin() throws InterruptedException {
        try {
            long seconds = scene.patience().toSeconds();
            ClientConnection open =
                    await(client.connect(relay.address()), seconds, this::isAttemptHopeless);
            Transfer first =
                    await(
                            open.get(FIRST_OCTETS, random.nextLong()),
                            seconds,
                            this::isAttemptHopeless);
            connection = open;
            server = first.server();
            scene.tally().connections.increment();
            scene.tally().open.increment();
            if (!scene.model().mayHaveTaken(server, fromNanos, scene.now())) {
                complain("a new connection must go to a server that takes them", "it went there");
            }
            return check(first);
        } catch (ExecutionException | TimeoutException e) {
            if (scene.model().excuse(fromNanos, scene.now()).isPresent()) {
                scene.tally().failedAttempts.increment();
            } else {
                complain("a new connection must succeed", words(e));
            }
            return false;
        }
    }

    /// Gets some octets, and compares each; false if the connection has ended, rightly or not.
    boolean transfer(int octets, boolean moves) throws InterruptedException {
        ClientConnection open = connection;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        long seed = random.nextLong();
        InetAddress next =
                InetAddress.ofLiteral(
                        "127.0.%d.%d".formatted(random.nextInt(256), 1 + random.nextInt(254)));
        long beganNanos = scene.now();
        boolean wasSilent = beganNanos - heardNanos > SILENCE_NS;
        try {
            return check(
                    await(
                            moves
                                    ? open.getWithBreak(
                                            octets, seed, soFar -> {}, () -> move(open, next))
                                    : open.get(octets, seed),
                            TRANSFER_SECONDS,
                            () -> isStalled(moves, wasSilent, beganNanos)));
        } catch (ExecutionException | TimeoutException e) {
            if (excuse().isPresent() || mayBeForgotten(moves, wasSilent, beganNanos)) {
                scene.tally().lostConnections.increment();
            } else if (scene.model().isCut(beganNanos, scene.now())) {
                scene.tally().cutTransfers.increment();
            } else {
                complain(
                        "a connection must live as long as its server",
                        "%s, %.1f s after %s of %d octets began"
                                .formatted(
                                        words(e),
                                        (scene.now() - beganNanos) / 1e9,
                                        moves ? "a transfer with a move" : "a transfer",
                                        octets));
            }
            return false;
        }
    }

    private CompletableFuture<Void> move(ClientConnection open, InetAddress next) {
        return new Move(open, relay, loops).to(next, address -> scene.tally().moves.increment());
    }

    private boolean check(Transfer transfer) {
        if (!transfer.isIntact()) {
            complain("every octet must be right", transfer.toString());
            return false;
        }
        if (!transfer.server().equals(server)) {
            complain("a connection must stay on its server", transfer.server() + " answers");
            return false;
        }
        heardNanos = scene.now();
        scene.tally().transfers.increment();
        scene.tally().octets.add(transfer.bytesReceived());
        return true;
    }

    /// Whether a transfer was cut, or may have lost its server, and has not found its way since.
    private boolean isStalled(boolean moves, boolean wasSilent, long beganNanos) {
        long now = scene.now();
        long before = now - TimeUnit.SECONDS.toNanos(STALL_SECONDS);
        boolean isCut = scene.model().isCut(beganNanos, now) && !scene.model().isCut(before, now);
        return isCut || (beganNanos < before && mayBeForgotten(moves, wasSilent, beganNanos));
    }

    private boolean mayBeForgotten(boolean moves, boolean wasSilent, long beganNanos) {
        Model model = scene.model();
        long now = scene.now();
        return (moves && model.mayHaveLostByMove(server, beganNanos, now))
                || (wasSilent && model.mayHaveLostBySilence(server, beganNanos, now));
    }

    private boolean isAttemptHopeless() {
        long now = scene.now();
        return now - fromNanos > TimeUnit.SECONDS.toNanos(EXCUSED_SECONDS)
                && scene.model().excuse(fromNanos, now).isPresent();
    }

    /// Gives up early what has an excuse: its server will not come back to it.
    private <T> T await(CompletableFuture<T> future, long seconds, BooleanSupplier isHopeless)
            throws ExecutionException, TimeoutException, InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            try {
                return future.get(LOOK_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - endNanos > 0
                        || excuse().isPresent()
                        || isHopeless.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    private Optional<String> excuse() {
        return server.isEmpty()
                ? Optional.empty()
                : scene.model().excuse(server, fromNanos, scene.now());
    }

    private void complain(String rule, String evidence) {
        scene.violations()
                .add(
                        scene.now(),
                        rule,
                        "client %s, connection %s with %s, begun at %.1f s: %s"
                                .formatted(
                                        relay.outgoingAddress(),
                                        connection == null ? "none" : connection.id(),
                                        server.isEmpty() ? "nobody yet" : server,
                                        fromNanos / 1e9,
                                        evidence));
    }

    private static String words(Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return failure instanceof TimeoutException
                ? "nothing came to an end in time"
                : failure.getMessage() + " (" + root + ")";
    }

    @Override
    public void close() {
        if (connection != null) {
            scene.tally().open.decrement();
        }
        client.close();
        relay.close();
    }
}
