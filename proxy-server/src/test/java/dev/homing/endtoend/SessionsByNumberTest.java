package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ledger.SessionState;
import dev.homing.linux.OpenFiles;
import dev.homing.synthetic.SyntheticClients;
import dev.homing.synthetic.SyntheticServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionsByNumberTest {

    private static final int CLIENTS = 200_000;
    private static final int OPEN_FILES = 20_000;
    private static final long DEADLINE_NS = TimeUnit.MINUTES.toNanos(2);

    @Test
    void holds200000SessionsOnOnePortWithSourceAddresses() throws IOException {
        Homing.Setup setup =
                Homing.with()
                        .shape(Shape.DEDICATED_RECEIVERS)
                        .set("sockets.source-addresses.0", "127.128.0.0/10");
        holdsAllSessions(setup, 4, 2 * Shape.DEDICATED_RECEIVERS.shards());
    }

    @Test
    void holds200000SessionsWithinTheLimitOfOpenFilesWithOneSourceAddress() throws IOException {
        holdsAllSessions(Homing.with().shape(Shape.RUN_TO_COMPLETION), 20, CLIENTS / 20 * 3 / 2);
    }

    /// Each client asks twice, so that each session is established, and each answer must reach the
    /// one who asked.
    private static void holdsAllSessions(Homing.Setup setup, int serverCount, int mostPorts)
            throws IOException {
        List<SyntheticServer> servers = new ArrayList<>();
        for (int i = 0; i < serverCount; i++) {
            servers.add(new SyntheticServer(i, new InetSocketAddress("127.0.0.1", 0)));
            setup.backend("s" + i, servers.get(i).address());
        }
        // Shards share the maximum evenly, but the clients only nearly.
        setup.set("sessions.half-open-max", 2 * CLIENTS).set("sessions.half-open-timeout", "5m");
        setup.set("sockets.backend-ports-max", OPEN_FILES - 2000);
        try (Homing homing = setup.start();
                SyntheticClients clients = new SyntheticClients(homing.address(), CLIENTS)) {
            long deadlineNs = System.nanoTime() + DEADLINE_NS;
            assertEquals(CLIENTS, clients.round(deadlineNs), homing::account);
            assertEquals(CLIENTS, clients.round(deadlineNs), homing::account);

            assertEquals(CLIENTS, homing.books().sessions(SessionState.ESTABLISHED));
            assertEquals(0, clients.misdelivered());
            assertEquals(0, clients.changedServer());
            assertTrue(
                    homing.server().backendPorts() <= mostPorts,
                    () -> homing.server().backendPorts() + " ports");
            for (int i = 0; i < serverCount; i++) {
                assertEquals(clients.clientsOf(i), homing.sessionsOf("s" + i), "sessions of s" + i);
            }
            assertTrue(OpenFiles.limit().soft() >= homing.server().backendPorts());
            homing.assertBooksBalance();
        } finally {
            for (SyntheticServer server : servers) {
                server.close();
            }
        }
    }
}
