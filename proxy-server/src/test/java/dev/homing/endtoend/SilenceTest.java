package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ledger.Side;
import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Nobody can have Homing send anything to anybody: it passes on what backends say, and has nothing
/// to say itself.
class SilenceTest {

    private static final int DATAGRAMS = 3_000;
    private static final int CLIENTS = 4;
    private static final int[] VERSIONS = {0, 1, 0x6b3343cf, 0xff00001d, 0x1a2a3a4a, 0x6f7dc0fd};

    @ParameterizedTest
    @EnumSource
    void nothingComesBackWhereBackendsDoNotAnswer(Shape shape) throws IOException {
        long seed = Long.getLong("homing.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<DatagramChannel> clients = new ArrayList<>();
        InetSocketAddress gone = addressOfNobody();
        try (DatagramSocket mute = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .backend("mute", (InetSocketAddress) mute.getLocalSocketAddress())
                                .backend("gone", gone) // its kernel says port unreachable
                                .set("limits.address-new-connections-per-second", 1_000)
                                .start()) {
            for (int i = 0; i < CLIENTS; i++) {
                DatagramChannel client = DatagramChannel.open();
                client.bind(new InetSocketAddress("127.0.0.1", 0)).configureBlocking(false);
                clients.add(client);
            }
            for (int i = 0; i < DATAGRAMS; i++) {
                clients.get(i % CLIENTS).send(anything(random), homing.address());
                if (i % 256 == 255) {
                    long sent = i + 1L;
                    Eventually.holds(
                            homing::account,
                            Eventually.DEADLINE,
                            () -> homing.books().received(Side.CLIENT) == sent);
                }
            }
            Eventually.holds(
                    homing::account,
                    Eventually.DEADLINE,
                    () -> homing.books().received(Side.CLIENT) == DATAGRAMS);
            homing.assertBooksBalance();
            assertTrue(homing.books().sent(Side.BACKEND) > DATAGRAMS / 10, homing::account);
            assertTrue(homing.books().dropped(Side.CLIENT) > DATAGRAMS / 50, homing::account);
            assertEquals(0, homing.books().sent(Side.CLIENT), "seed " + seed);
            for (DatagramChannel client : clients) {
                assertEquals(
                        null,
                        client.receive(ByteBuffer.allocate(2_000)),
                        "an answer; seed " + seed);
            }
        } finally {
            for (DatagramChannel client : clients) {
                client.close();
            }
        }
    }

    private static InetSocketAddress addressOfNobody() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }

    /// Random octets, most of which look like something: long headers of versions that are known or
    /// not, cut off or whole, and short ones.
    private static ByteBuffer anything(SplittableRandom random) {
        byte[] octets = new byte[random.nextInt(4) == 0 ? 1200 : random.nextInt(1400)];
        random.nextBytes(octets);
        if (octets.length > 30 && random.nextInt(4) != 0) {
            octets[0] |= (byte) 0x80;
            int version = VERSIONS[random.nextInt(VERSIONS.length)];
            ByteBuffer.wrap(octets).putInt(1, version);
            octets[5] = (byte) random.nextInt(22);
            octets[6 + octets[5]] = (byte) random.nextInt(22);
        }
        return ByteBuffer.wrap(octets);
    }
}
