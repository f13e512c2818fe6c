package dev.homing.demo;

import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.client.ClientOptions;
import dev.homing.demo.client.QuicClient;
import dev.homing.demo.client.Transfer;
import dev.homing.demo.nat.RebindingRelay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One client that comes to a balancer of which it knows nothing but the address, gets a new
/// address of its own in the middle of the second of three transfers, and goes.
public final class Visit {

    private static final int TRANSFER_BYTES = 256 << 10;
    private static final long PATIENCE_S = 20;

    private Visit() {}

    /// @param sentence what came of it, for people
    public record Outcome(boolean isGood, String sentence) {}

    /// Waits for the end of it.
    ///
    /// @param number makes the bytes other ones each time
    /// @throws IOException if no socket can be opened here
    public static Outcome pay(InetSocketAddress balancer, int number)
            throws IOException, InterruptedException {
        try (RebindingRelay nat = RebindingRelay.open(balancer);
                QuicClient client =
                        QuicClient.openBelievingAnyone(ClientOptions.toward(nat.address()));
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            InetSocketAddress first = nat.outgoingAddress();
            ClientConnection connection = await(client.connect(nat.address()));
            Transfer before = await(connection.get(TRANSFER_BYTES, number));
            Transfer during =
                    await(
                            connection.getWithBreak(
                                    TRANSFER_BYTES,
                                    -number,
                                    received -> {},
                                    () ->
                                            new Move(connection, nat, timer)
                                                    .to(first.getAddress(), moved -> {})));
            Transfer after = await(connection.get(TRANSFER_BYTES, number));
            return outcome(
                    first.getPort(),
                    nat.outgoingAddress().getPort(),
                    List.of(before, during, after));
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Outcome(false, "lost: " + cause);
        }
    }

    private static Outcome outcome(int from, int to, List<Transfer> transfers) {
        List<String> servers = transfers.stream().map(Transfer::server).distinct().toList();
        boolean isGood = servers.size() == 1 && transfers.stream().allMatch(Transfer::isIntact);
        return new Outcome(
                isGood,
                "%s, %d octets, from port %d and then from %d: %s"
                        .formatted(
                                String.join(", then ", servers),
                                transfers.stream().mapToLong(Transfer::bytesReceived).sum(),
                                from,
                                to,
                                isGood ? "followed" : "not followed, or wrong bytes"));
    }

    private static <T> T await(CompletableFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(PATIENCE_S, TimeUnit.SECONDS);
    }
}
