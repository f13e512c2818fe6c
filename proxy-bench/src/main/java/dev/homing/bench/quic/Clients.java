package dev.homing.bench.quic;

import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.nat.RebindingRelay;
import dev.homing.demo.wire.Loops;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The clients of a station: their sockets, and what they do in a round.
///
/// Opened, told and closed by main; the work is done on one event loop.
final class Clients implements AutoCloseable {

    /// A connection of a round comes from a socket that has had none for a while, as a new client's
    /// would; the second one from a socket resumes the session of the first.
    private static final int SOCKETS = 256;

    private static final int CONNECT_TIMEOUT_MS = 10_000;
    private static final long IDLE_TIMEOUT_MS = 10_000;
    private static final long PATIENCE_SECONDS = 240;

    private final X509Certificate trusted;
    private final EventLoopGroup loops = Loops.open("bench-client", 1);
    private final List<QuicClient> sockets = new ArrayList<>();

    Clients(X509Certificate trusted) {
        this.trusted = trusted;
    }

    Outcome run(QuicLoad load, InetSocketAddress server) throws IOException, InterruptedException {
        return switch (load.kind()) {
            case HANDSHAKES -> handshakes(load, server);
            case DOWN, ECHO -> bulk(load, server);
            case MOVING -> moving(load, server);
        };
    }

    private Outcome handshakes(QuicLoad load, InetSocketAddress server)
            throws IOException, InterruptedException {
        while (sockets.size() < Math.max(SOCKETS, load.concurrency())) {
            sockets.add(open(server));
        }
        Turns turns = new Turns(load);
        Tally tally = new Tally(load.connections());
        turns.run((dueNanos, number) -> {
            QuicClient socket = sockets.get(number % sockets.size());
            socket.connect(server)
                    .thenCompose(connection -> {
                        tally.connected(System.nanoTime() - dueNanos);
                        return connection
                                .get(load.bytes(), number)
                                .whenComplete((transfer, failure) -> connection.close());
                    })
                    .whenComplete((transfer, failure) -> {
                        count(tally, transfer, failure);
                        turns.ended();
                    });
        });
        return tally.await(PATIENCE_SECONDS);
    }

    private QuicClient open(InetSocketAddress server) throws IOException {
        return QuicClient.open(
                loops,
                ClientOptions.toward(server).withTimeouts(CONNECT_TIMEOUT_MS, IDLE_TIMEOUT_MS),
                trusted);
    }

    private static void count(Tally tally, Transfer transfer, Throwable failure) {
        if (failure != null) {
            tally.lost(failure);
        } else {
            tally.ended(transfer);
        }
    }

    /// All connections are there before the first octet is asked for.
    private Outcome bulk(QuicLoad load, InetSocketAddress server)
            throws IOException, InterruptedException {
        List<QuicClient> own = new ArrayList<>();
        try {
            List<CompletableFuture<ClientConnection>> connections = new ArrayList<>();
            for (int i = 0; i < load.connections(); i++) {
                QuicClient socket = open(server);
                own.add(socket);
                connections.add(socket.connect(server));
            }
            CompletableFuture.allOf(connections.toArray(CompletableFuture<?>[]::new))
                    .exceptionally(failure -> null)
                    .join();
            Tally tally = new Tally(load.connections());
            for (int i = 0; i < load.connections(); i++) {
                int number = i;
                connections
                        .get(i)
                        .thenCompose(connection ->
                                load.kind() == QuicLoad.Kind.ECHO
                                        ? connection.echo(load.bytes(), number)
                                        : connection.get(load.bytes(), number))
                        .whenComplete((transfer, failure) -> count(tally, transfer, failure));
            }
            return tally.await(PATIENCE_SECONDS);
        } finally {
            own.forEach(QuicClient::close);
        }
    }

    private Outcome moving(QuicLoad load, InetSocketAddress server)
            throws IOException, InterruptedException {
        Turns turns = new Turns(load);
        Tally tally = new Tally(load.connections());
        turns.run((dueNanos, number) -> {
            Mover mover;
            try {
                mover = new Mover(number, open(server), RebindingRelay.open(server), loops);
            } catch (IOException e) {
                tally.lost(e);
                turns.ended();
                return;
            }
            mover.run(load.bytes(), dueNanos, tally)
                    .whenComplete((received, failure) -> {
                        if (failure != null) {
                            tally.lost(failure);
                        }
                        turns.ended();
                        // Closing waits, which an event loop must not.
                        Thread.ofVirtual().start(mover::close);
                    });
        });
        return tally.await(PATIENCE_SECONDS);
    }

    @Override
    public void close() {
        sockets.forEach(QuicClient::close);
        Loops.close(loops);
    }
}
