package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ledger.DropReason;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import dev.homing.synthetic.SyntheticClients;
import dev.homing.synthetic.SyntheticServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Backends come and go, and are counted: who was there stays where he was.
class BackendChangesTest {

    private static final int CLIENTS = 5_000;
    private static final int SERVERS = 5;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);

    private final List<SyntheticServer> servers = new ArrayList<>();

    @AfterEach
    void stopServers() throws IOException {
        for (SyntheticServer server : servers) {
            server.close();
        }
    }

    /// @param left out of the backends; −1 for none
    private Homing.Setup setup(Shape shape, int count, int left) {
        Homing.Setup setup =
                Homing.with()
                        .shape(shape)
                        .set("sockets.source-addresses.0", "127.128.0.0/10")
                        .set("sessions.half-open-timeout", "5m");
        for (int i = 0; i < count; i++) {
            if (i != left) {
                setup.backend("s" + i, servers.get(i).address());
            }
        }
        return setup;
    }

    @ParameterizedTest
    @EnumSource
    void noEstablishedSessionMovesWhenABackendComesOrGoes(Shape shape) throws IOException {
        for (int i = 0; i <= SERVERS; i++) {
            servers.add(new SyntheticServer(i, new InetSocketAddress("127.0.0.1", 0)));
        }
        long deadlineNs = System.nanoTime() + DEADLINE_NS;
        try (Homing homing = setup(shape, SERVERS, -1).start();
                SyntheticClients clients = new SyntheticClients(homing.address(), CLIENTS)) {
            assertEquals(CLIENTS, clients.round(deadlineNs), homing::account);
            assertEquals(CLIENTS, clients.round(deadlineNs), homing::account);
            assertEquals(CLIENTS, homing.books().sessions(SessionState.ESTABLISHED));
            int onTheOneThatGoes = clients.clientsOf(2);
            assertTrue(onTheOneThatGoes > CLIENTS / SERVERS / 2, "it has its share");

            homing.server().changePools(setup(shape, SERVERS + 1, -1).configuration());
            assertEquals(CLIENTS, clients.round(deadlineNs), homing::account);
            homing.server().changePools(setup(shape, SERVERS + 1, 2).configuration());
            assertEquals(CLIENTS, clients.round(deadlineNs), homing::account);

            assertEquals(0, clients.changedServer(), "sessions that moved");
            assertEquals(onTheOneThatGoes, homing.sessionsOf("s2"), "told of until they end");
            assertEquals(0, clients.clientsOf(SERVERS), "the new one has no old clients");
            assertEquals(0, homing.books().dropped(Side.CLIENT, DropReason.NO_BACKEND));
            homing.assertBooksBalance();
        }
    }
}
