package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Side;
import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendFailureTest {

    private static final int INITIAL_BYTES = 1200;

    /// An address that nobody listens on: it was given to somebody who has gone.
    private static InetSocketAddress nobody() throws IOException {
        try (Echo gone = new Echo("127.0.0.1")) {
            return gone.address();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOtherBackendsGoingWhenOneDoesNotListen(Shape shape) throws IOException {
        try (Echo echo = new Echo("127.0.0.1");
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .set("threads.shards", 1)
                                .backend("dead", nobody())
                                .backend("alive", echo.address())
                                .start();
                Client client = new Client("127.0.0.1");
                Client other = new Client("127.0.0.1")) {
            long id = 0;
            for (long candidate = 1; id == 0 && candidate < 100; candidate++) {
                long before = homing.sessionsOf("alive");
                client.send(Client.initial(candidate, 2, INITIAL_BYTES), homing.address());
                long sent = candidate;
                Eventually.holds(
                        homing::account,
                        Eventually.DEADLINE,
                        () ->
                                homing.books().sent(Side.BACKEND)
                                                + homing.books().dropped(Side.CLIENT)
                                        == sent);
                id = homing.sessionsOf("alive") > before ? candidate : id;
            }
            assertTrue(id > 0, homing::account);
            assertNotNull(client.receive());
            // Both backends share the shard's port: errors of the one must not cost the other a
            // datagram.
            for (int i = 0; i < 200; i++) {
                other.send(Client.initial(1_000_000L + i, 2, INITIAL_BYTES), homing.address());
                assertTrue(
                        client.isEchoed(Client.initial(id, 2, INITIAL_BYTES), homing.address()),
                        homing::account);
            }
            Eventually.holds(
                    "ICMP errors are counted", () -> homing.books().happened(Event.ICMP_ERROR) > 0);
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheClientsOfARemovedBackendAndGivesItNoNewOnes(Shape shape) throws IOException {
        try (Echo first = new Echo("127.0.0.1");
                Echo second = new Echo("127.0.0.1");
                Homing homing =
                        Homing.with().shape(shape).backend("first", first.address()).start();
                Client client = new Client("127.0.0.1");
                Client late = new Client("127.0.0.1")) {
            assertTrue(client.isEchoed(Client.initial(1, 2, INITIAL_BYTES), homing.address()));
            assertEquals(1, first.received());

            homing.server()
                    .changePools(Homing.with().backend("second", second.address()).configuration());

            assertTrue(
                    client.isEchoed(Client.initial(1, 2, INITIAL_BYTES), homing.address()),
                    homing::account);
            assertTrue(
                    late.isEchoed(Client.initial(3, 4, INITIAL_BYTES), homing.address()),
                    homing::account);
            assertEquals(2, first.received(), "who was there before goes on");
            assertEquals(1, second.received());
            assertEquals(1, homing.sessionsOf("first"), "and is still told of");
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesNewConnectionsAndKeepsOldOnesWhileDraining(Shape shape) throws IOException {
        try (Echo echo = new Echo("127.0.0.1");
                Homing homing = Homing.with().shape(shape).backend("a", echo.address()).start();
                Client old = new Client("127.0.0.1");
                Client late = new Client("127.0.0.1")) {
            assertTrue(old.isEchoed(Client.initial(1, 2, INITIAL_BYTES), homing.address()));

            homing.server().refuseNewConnections();

            late.send(Client.initial(3, 4, INITIAL_BYTES), homing.address());
            Eventually.holds(
                    "the newcomer is refused",
                    () -> homing.books().dropped(Side.CLIENT, DropReason.DRAINING) == 1);
            assertTrue(
                    old.isEchoed(Client.initial(1, 2, INITIAL_BYTES), homing.address()),
                    homing::account);
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsWithItsReasonWhenNoBackendTakesConnections(Shape shape) throws IOException {
        try (Echo echo = new Echo("127.0.0.1");
                Homing homing = Homing.with().shape(shape).backend("a", echo.address(), 0).start();
                Client client = new Client("127.0.0.1")) {
            client.send(Client.initial(1, 2, INITIAL_BYTES), homing.address());
            Eventually.holds(
                    "the drop is counted",
                    () -> homing.books().dropped(Side.CLIENT, DropReason.NO_BACKEND) == 1);
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsWithItsReasonWhenNoSourceTupleIsLeft(Shape shape) throws IOException {
        try (Echo echo = new Echo("127.0.0.1");
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .set("threads.shards", 1)
                                .set("sockets.backend-ports-max", 1)
                                .backend("a", echo.address())
                                .start();
                Client first = new Client("127.0.0.1");
                Client second = new Client("127.0.0.1")) {
            assertTrue(first.isEchoed(Client.initial(1, 2, INITIAL_BYTES), homing.address()));
            assertFalse(second.isEchoed(Client.initial(3, 4, INITIAL_BYTES), homing.address()));
            assertEquals(
                    1,
                    homing.books().dropped(Side.CLIENT, DropReason.NO_SOURCE_TUPLE),
                    homing::account);
            homing.assertBooksBalance();
        }
    }
}
