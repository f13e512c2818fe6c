package dev.homing.bench.quic;

import dev.homing.demo.Move;
import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.nat.RebindingRelay;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/// One client behind a NAT of its own, which gives it another address in the middle of a transfer.
/// What happens, happens on event loops.
final class Mover implements AutoCloseable {

    private static final int SMALL_BYTES = 1000;
    private static final int OTHER_ADDRESSES = 250;

    private final int number;
    private final QuicClient socket;
    private final RebindingRelay relay;
    private final ScheduledExecutorService timer;

    /// @param socket for this client alone, closed with it, as is the relay
    /// @param timer for short waits
    Mover(int number, QuicClient socket, RebindingRelay relay, ScheduledExecutorService timer) {
        this.number = number;
        this.socket = socket;
        this.relay = relay;
        this.timer = timer;
    }

    /// Asks before, during and after the move; all answers have to be right and one server's.
    ///
    /// @param dueNanos when the connection was due, as of System.nanoTime
    CompletableFuture<Void> run(long bytes, long dueNanos, Tally tally) {
        return socket.connect(relay.address())
                .thenCompose(connection -> {
                    tally.connected(System.nanoTime() - dueNanos);
                    return transfers(connection, bytes, tally);
                });
    }

    private CompletableFuture<Void> transfers(
            ClientConnection connection, long bytes, Tally tally) {
        return connection
                .get(SMALL_BYTES, number)
                .thenCompose(before ->
                        connection
                                .getWithBreak(bytes, number, received -> {}, () -> move(connection))
                                .thenApply(transfer -> new During(transfer, before)))
                .thenCompose(during ->
                        connection
                                .get(SMALL_BYTES, number)
                                .thenAccept(after ->
                                        tally.ended(
                                                during.transfer().bytesReceived(),
                                                during.isRight(after))));
    }

    /// The transfer that the move fell into, and the one before.
    private record During(Transfer transfer, Transfer before) {

        boolean isRight(Transfer after) {
            return before.isIntact()
                    && transfer.isIntact()
                    && after.isIntact()
                    && before.server().equals(after.server());
        }
    }

    /// Every second one gets another IP address too, as from Wi-Fi to mobile.
    private CompletableFuture<Void> move(ClientConnection connection) {
        InetAddress to =
                number % 2 == 0
                        ? relay.outgoingAddress().getAddress()
                        : InetAddress.ofLiteral("127.0.1." + (1 + number % OTHER_ADDRESSES));
        return new Move(connection, relay, timer).to(to, moved -> {});
    }

    @Override
    public void close() {
        socket.close();
        relay.close();
    }
}
