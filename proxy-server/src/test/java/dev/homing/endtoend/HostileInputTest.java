package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileInputTest {

    private static final int INITIAL_BYTES = 1200;

    @ParameterizedTest
    @EnumSource
    void carriesDatagramsOfEveryLengthWhole(Shape shape) throws IOException {
        try (Echo echo = new Echo("127.0.0.1");
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .backend("a", echo.address())
                                .set("limits.check-first-packets", false)
                                .start();
                Client client = new Client("127.0.0.1")) {
            for (int length : new int[] {23, 24, 100, 1200, 1472, 9000, 30_000, 65_507}) {
                assertTrue(
                        client.isEchoed(Client.initial(length, 7, length), homing.address()),
                        () -> length + " octets: " + homing.account());
            }
            assertTrue(client.isEchoed(new byte[1], homing.address()), "one octet, a short header");
            assertTrue(
                    client.isEchoed(new byte[20], homing.address()),
                    "twenty octets, a short header");
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsAnEmptyDatagramWithItsReason(Shape shape) throws IOException {
        try (Echo echo = new Echo("127.0.0.1");
                Homing homing = Homing.with().shape(shape).backend("a", echo.address()).start();
                Client client = new Client("127.0.0.1")) {
            client.send(new byte[0], homing.address());
            Eventually.holds(
                    "the drop is counted",
                    () -> homing.books().dropped(Side.CLIENT, DropReason.EMPTY) == 1);
            assertEquals(0, echo.received());
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsEveryPrefixThatEndsWithinTheHeaderAndForwardsAllOthers(Shape shape)
            throws IOException {
        byte[] initial = Client.initial(0x1234, 0x5678, INITIAL_BYTES);
        int headerBytes = 23;
        try (Echo echo = new Echo("127.0.0.1");
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .backend("a", echo.address())
                                .set("limits.check-first-packets", false)
                                .start();
                Client client = new Client("127.0.0.1")) {
            for (int length = 1; length <= INITIAL_BYTES; length++) {
                client.send(Arrays.copyOf(initial, length), homing.address());
            }
            Eventually.holds(
                    homing::account,
                    Eventually.DEADLINE,
                    () ->
                            homing.books().received(Side.CLIENT) == INITIAL_BYTES
                                    && echo.received() > 0);
            Eventually.holds(
                    homing::account,
                    Eventually.DEADLINE,
                    () -> echo.received() == INITIAL_BYTES - headerBytes + 1);
            assertEquals(
                    headerBytes - 1,
                    homing.books().dropped(Side.CLIENT, DropReason.TRUNCATED_HEADER));
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsWhatNoClientBeginsAConnectionWith(Shape shape) throws IOException {
        byte[] retry = Client.initial(3, 4, INITIAL_BYTES);
        retry[0] |= 0x30;
        try (Echo echo = new Echo("127.0.0.1");
                Homing homing = Homing.with().shape(shape).backend("a", echo.address()).start();
                Client client = new Client("127.0.0.1")) {
            client.send(new byte[20], homing.address());
            client.send(retry, homing.address());
            client.send(Client.initial(1, 2, INITIAL_BYTES - 1), homing.address());
            Eventually.holds(
                    homing::account,
                    Eventually.DEADLINE,
                    () ->
                            homing.books().dropped(Side.CLIENT, DropReason.NOT_QUIC) == 2
                                    && homing.books().dropped(Side.CLIENT, DropReason.SMALL_INITIAL)
                                            == 1);
            assertEquals(0, echo.received());

            assertTrue(client.isEchoed(Client.initial(1, 2, INITIAL_BYTES), homing.address()));
            assertTrue(
                    client.isEchoed(Client.initial(1, 2, 100), homing.address()),
                    "of a connection that has begun");
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void forwardsHealthyTrafficWhileRandomOctetsRainOnEveryPort(Shape shape) throws IOException {
        long seed = Long.getLong("homing.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        try (Echo echo = new Echo("127.0.0.1");
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .backend("a", echo.address())
                                .set("sessions.half-open-max", 1000)
                                .start();
                Client healthy = new Client("127.0.0.1");
                Client hostile = new Client("127.0.0.1")) {
            assertTrue(healthy.isEchoed(Client.initial(1, 2, INITIAL_BYTES), homing.address()));
            int backendPort = ((InetSocketAddress) echo.senders().iterator().next()).getPort();
            InetSocketAddress ownPort = new InetSocketAddress("127.0.0.1", backendPort);
            for (int i = 0; i < 20_000; i++) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                hostile.send(noise, i % 4 == 0 ? ownPort : homing.address());
                if (i % 1000 == 0) {
                    int round = i;
                    assertTrue(
                            healthy.isEchoed(Client.initial(1, 2, INITIAL_BYTES), homing.address()),
                            () -> "seed " + seed + " round " + round + "\n" + homing.account());
                }
            }
            assertTrue(
                    homing.books().dropped(Side.BACKEND, DropReason.UNKNOWN_SENDER) > 0,
                    homing::account);
            assertTrue(
                    homing.books().dropped(Side.CLIENT, DropReason.TRUNCATED_HEADER) > 0,
                    homing::account);
            homing.assertBooksBalance();
        }
    }
}
