package dev.homing.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Datagram;
import dev.homing.linux.steering.SteeringLayout;
import dev.homing.linux.steering.SteeringProgram;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The kernel itself runs the programs, without any privilege.
class SteeringTest {

    private static final int SOCKETS = 4;
    private static final long SEED = 20_250_827;
    private static final int KEY = 0x5eed_1e55;
    private static final int NOBODY = -1;

    private final Random random = new Random(SEED);
    private final Loopback loopback = new Loopback();
    private final List<DatagramSocket> clients = new ArrayList<>();
    private List<UdpSocket> listening = List.of();

    @BeforeEach
    void open() throws IOException {
        listening = UdpSocket.listen(Loopback.at("127.0.0.1", 0), SOCKETS, Loopback.BUFFERS);
        for (int i = 1; i <= 16; i++) {
            clients.add(
                    new DatagramSocket(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + i), 0)));
        }
    }

    @AfterEach
    void close() {
        listening.forEach(UdpSocket::close);
        clients.forEach(DatagramSocket::close);
    }

    private void steer(SteeringLayout layout) {
        assertTrue(listening.getFirst().steer(new SteeringProgram(layout, SOCKETS, KEY)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 14, 17, 18, 19, 20})
    void oneConnectionIdReachesOneSocketWithEitherHeaderFromAnyAddress(int length)
            throws IOException {
        steer(SteeringLayout.ofLength(length));
        for (int connection = 0; connection < 20; connection++) {
            byte[] id = bytes(length);
            BitSet sockets = new BitSet();
            for (DatagramSocket client : clients) {
                sockets.set(socketOf(client, shortHeader(id, 30)));
                sockets.set(socketOf(client, longHeader(id, 1200)));
                sockets.set(socketOf(client, longHeader(id, 0)));
            }
            assertEquals(1, sockets.cardinality(), () -> Arrays.toString(id) + " " + sockets);
        }
    }

    /// Random; QUIC-LB in plaintext, one server with a counting nonce; four octets; nginx with
    /// quic_bpf, whose first eight octets are the socket's cookie.
    @ParameterizedTest
    @CsvSource({"20, 0", "8, 0", "8, 4", "16, 9", "4, 0", "20, 8"})
    void connectionIdsSpreadEvenlyWhateverOfThemIsRandom(int length, int constant)
            throws IOException {
        steer(SteeringLayout.ofLength(length));
        byte[] id = bytes(length);
        int rounds = 8_000;
        int[] received = new int[SOCKETS];
        for (int i = 0; i < rounds; i++) {
            byte[] tail = bytes(length - constant);
            System.arraycopy(tail, 0, id, constant, tail.length);
            received[socketOf(clients.getFirst(), shortHeader(id, 20))]++;
        }
        int fair = rounds / SOCKETS;
        for (int count : received) {
            assertTrue(Math.abs(count - fair) < fair / 10, () -> Arrays.toString(received));
        }
    }

    @Test
    void noncesThatCountSpreadEvenly() throws IOException {
        steer(SteeringLayout.ofLength(8));
        int rounds = 8_000;
        int[] received = new int[SOCKETS];
        for (int i = 0; i < rounds; i++) {
            byte[] id = ByteBuffer.allocate(8).putInt(0x0731441a).putInt(i).array();
            received[socketOf(clients.getFirst(), shortHeader(id, 20))]++;
        }
        int fair = rounds / SOCKETS;
        for (int count : received) {
            assertTrue(Math.abs(count - fair) < fair / 10, () -> Arrays.toString(received));
        }
    }

    @Test
    void theFirstBitsSayWhichLengthCounts() throws IOException {
        steer(SteeringLayout.of(8, 17, 0, 0, 0, 0, 0, 0));
        byte[] id = bytes(20);
        for (int rotation = 0; rotation < 2; rotation++) {
            id[0] = (byte) (rotation << 5 | 7);
            int counting = rotation == 0 ? 8 : 17;
            int first = socketOf(clients.getFirst(), shortHeader(id, 40));
            BitSet others = new BitSet();
            for (int i = 0; i < 40; i++) {
                byte[] later = id.clone();
                later[counting - 1] += (byte) (i + 1);
                others.set(socketOf(clients.getFirst(), shortHeader(later, 40)));
                byte[] behind = id.clone();
                behind[counting] += (byte) (i + 1);
                assertEquals(first, socketOf(clients.get(1), shortHeader(behind, 40)));
            }
            assertTrue(others.cardinality() > 1);
        }
    }

    @Test
    void whatHasNoKnownConnectionIdGoesByItsFlow() throws IOException {
        List<byte[]> unknown =
                List.of(
                        new byte[0],
                        new byte[] {0x40},
                        new byte[] {(byte) 0xc0},
                        shortHeader(bytes(17), 0),
                        longHeader(bytes(7), 1200),
                        Arrays.copyOf(longHeader(bytes(18), 0), 23),
                        shortHeader(rotation(7, bytes(20)), 20));
        int[] byFlow = clients.stream().mapToInt(client -> socketOf(client, new byte[0])).toArray();
        steer(SteeringLayout.of(18, 18, 18, 18, 18, 18, 18, 0));
        for (byte[] datagram : unknown) {
            for (int i = 0; i < clients.size(); i++) {
                assertEquals(byFlow[i], socketOf(clients.get(i), datagram));
            }
        }
    }

    @Test
    void aProgramIsReplacedAndTakenAway() throws IOException {
        byte[] id = bytes(8);
        int[] byFlow = clients.stream().mapToInt(client -> socketOf(client, new byte[0])).toArray();
        steer(SteeringLayout.ofLength(20));
        steer(SteeringLayout.ofLength(8));
        BitSet sockets = new BitSet();
        clients.forEach(client -> sockets.set(socketOf(client, shortHeader(id, 0))));
        assertEquals(1, sockets.cardinality());
        listening.getFirst().steerByFlow();
        listening.getFirst().steerByFlow();
        for (int i = 0; i < clients.size(); i++) {
            assertEquals(byFlow[i], socketOf(clients.get(i), shortHeader(id, 0)));
        }
    }

    @Test
    void anotherKeySpreadsOtherwise() throws IOException {
        int moved = 0;
        for (int i = 0; i < 40; i++) {
            byte[] datagram = shortHeader(bytes(8), 0);
            steer(SteeringLayout.ofLength(8));
            int one = socketOf(clients.getFirst(), datagram);
            SteeringProgram other =
                    new SteeringProgram(SteeringLayout.ofLength(8), SOCKETS, KEY + 1);
            assertTrue(listening.getFirst().steer(other));
            moved += socketOf(clients.getFirst(), datagram) == one ? 0 : 1;
        }
        assertTrue(moved > 10, "moved " + moved);
    }

    @Test
    void theLargestLayoutIsNotTooLongForTheKernel() {
        steer(SteeringLayout.of(20, 19, 18, 17, 16, 15, 14, 13));
    }

    /// On loopback a datagram is in its socket when send returns.
    private int socketOf(DatagramSocket client, byte[] datagram) {
        try {
            client.send(
                    new DatagramPacket(
                            datagram,
                            datagram.length,
                            InetAddress.ofLiteral("127.0.0.1"),
                            listening.getFirst().port()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        int found = NOBODY;
        for (int i = 0; i < listening.size(); i++) {
            int received = loopback.receiver.receive(listening.get(i), loopback.batch);
            if (received > 0) {
                assertEquals(NOBODY, found);
                found = i;
            }
            for (int j = 0; j < loopback.batch.size(); j++) {
                Datagram taken = loopback.batch.get(j);
                taken.release();
            }
            loopback.batch.clear();
        }
        assertTrue(found != NOBODY, "nobody got it; seed " + SEED);
        return found;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] rotation(int rotation, byte[] id) {
        id[0] = (byte) (rotation << 5 | id[0] & 0x1f);
        return id;
    }

    private static byte[] shortHeader(byte[] id, int behind) {
        return ByteBuffer.allocate(1 + id.length + behind).put((byte) 0x40).put(id).array();
    }

    private static byte[] longHeader(byte[] id, int behind) {
        return ByteBuffer.allocate(6 + id.length + 1 + behind)
                .put((byte) 0xe0)
                .putInt(1)
                .put((byte) id.length)
                .put(id)
                .array();
    }
}
