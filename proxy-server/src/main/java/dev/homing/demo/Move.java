package dev.homing.demo;

import dev.homing.demo.client.ClientConnection;
import dev.homing.demo.nat.RebindingRelay;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A client's change of address in the middle of a transfer, at a moment when little or nothing is
/// on its way to the old address; and what is there still arrives.
///
/// With datagrams lost to the old address one would see how well the *server* repairs that, and
/// quiche, as Netty 4.2.18 has it, does badly: it repeats them by probe timeouts only, or, when an
/// answer to its challenge is late because it sends much at once, closes the connection.
public final class Move {
    private static final long QUIET_MS = 20;
    private static final int MAX_CHECKS = 50;
    private static final Duration OLD_ADDRESS_LINGERS = Duration.ofSeconds(1);

    private final ClientConnection connection;
    private final RebindingRelay relay;
    private final ScheduledExecutorService timer;
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();

    /// @param timer for the short waits; its thread does nothing that blocks
    public Move(ClientConnection connection, RebindingRelay relay, ScheduledExecutorService timer) {
        this.connection = connection;
        this.relay = relay;
        this.timer = timer;
    }

    /// Moves to the local address `to`; completes when the server has answered to the new address.
    ///
    /// @param moved told the new address as soon as it is used
    public CompletableFuture<Void> to(InetAddress to, Consumer<InetSocketAddress> moved) {
        return connection
                .beat()
                .thenCompose(back -> {
                    whenQuiet(0, 0);
                    return quiet;
                })
                .thenCompose(none -> relay.rebind(to, OLD_ADDRESS_LINGERS))
                .thenAccept(moved)
                .thenCompose(none -> connection.beat());
    }

    private void whenQuiet(long countBefore, int checks) {
        long count = relay.forwarded() + relay.returned();
        if (count == countBefore || checks == MAX_CHECKS) {
            quiet.complete(null);
        } else {
            timer.schedule(() -> whenQuiet(count, checks + 1), QUIET_MS, TimeUnit.MILLISECONDS);
        }
    }
}
