package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.demo.client.Transfer;
import dev.homing.demo.server.PathEvent;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.testkit.KwikClient;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import tech.kwik.core.StreamClosedException;

/// A kwik client that changes its address in mid-connection, toward Netty's servers behind Homing.
///
/// The stacks fail by themselves now and then, in one connection of a hundred without Homing too,
/// and then it is tried again: kwik 0.10.8 in its handshake, or at once when its address changes;
/// quiche when it does not manage to validate the new path, which it tells; kwik on a busy machine
/// when its server has followed it already, and it hears no more. A connection that Homing loses is
/// one whose server sees no new path, and counts at once.
///
/// @param takesNewId whether it takes a new connection ID with the new address
record KwikMigration(
        List<QuicServer> servers, DemoCertificate certificate, Homing homing, boolean takesNewId) {

    private static final int ATTEMPTS = 3;

    /// Throws if a connection that moves to an address does not go on, on its server.
    void survives(InetAddress next, int seed) throws IOException {
        for (int attempt = 1; !isFollowed(next, seed, attempt == ATTEMPTS); attempt++) {
            assertTrue(attempt < ATTEMPTS);
        }
    }

    /// @param isLast whether their own failures count now
    /// @return false if one of the stacks failed by itself
    private boolean isFollowed(InetAddress next, int seed, boolean isLast) throws IOException {
        boolean hasMoved = false;
        String firstId = "";
        try (KwikClient client =
                KwikClient.connect(homing.address(), certificate, KwikClient.Options.STANDARD)) {
            Transfer before = client.get(20_000, seed);
            firstId = client.destinationConnectionId();
            if (takesNewId) {
                client.connection().nextDestinationConnectionId();
                assertNotEquals(firstId, client.destinationConnectionId());
            }
            client.changeAddress(next);
            hasMoved = true;
            // A whole datagram, so that the server may answer with one (RFC 9000 section 8.1).
            client.echo(new byte[1100]);
            Transfer after = client.get(100_000, seed + 100L);
            assertTrue(before.isIntact() && after.isIntact(), () -> before + " " + after);
            assertEquals(before.server(), after.server());
            return true;
        } catch (IOException e) {
            List<PathEvent> events = events(firstId);
            boolean isTheirs =
                    !hasMoved
                            || e.getCause() instanceof StreamClosedException
                            || events.stream().anyMatch(KwikMigration::isOfTheirs);
            if (isLast || !isTheirs) {
                throw new IOException(
                        "%s; the server saw %s%n%s"
                                .formatted(e.getMessage(), events, homing.account()),
                        e);
            }
            return false;
        }
    }

    /// A server that has followed its client, or could not validate where it is, has seen it there.
    private static boolean isOfTheirs(PathEvent event) {
        return event.kind() == PathEvent.Kind.FAILED || event.kind() == PathEvent.Kind.MIGRATED;
    }

    /// What the server that chose a connection ID has seen of its client's addresses.
    private List<PathEvent> events(String connectionId) {
        return servers.stream()
                .flatMap(server -> server.connection(connectionId).stream())
                .flatMap(connection -> connection.events().stream())
                .toList();
    }
}
