package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ledger.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Through the sockets of a running Homing; which bytes the programs look at is tested in
/// `linux/SteeringTest`.
class SteeringTest {

    private static final int RECEIVERS = 4;
    private static final int CLIENTS = 16;
    private static final long SEED = 4433;

    private static Homing.Setup steered(Echo backend) {
        return Homing.with()
                .set("threads.receivers", RECEIVERS)
                .set("threads.shards", 1)
                .set("listeners.0.address", "127.0.0.1:0")
                .set("listeners.0.steering", "connection-id")
                .backend("a", backend.address());
    }

    @Test
    void aConnectionComesToOneReceiverWhereverItsClientIs() throws IOException {
        Random random = new Random(SEED);
        try (Echo backend = new Echo("127.0.0.1");
                Homing homing =
                        steered(backend).set("pools.default.connection-id-length", 8).start()) {
            assertEquals(List.of(), remarks(homing));
            for (int i = 0; i < 10; i++) {
                long connectionId = random.nextLong();
                long[] before = receivedByThread(homing);
                fromManyAddresses(homing, connectionId);
                long[] after = receivedByThread(homing);
                List<Long> received = new ArrayList<>();
                for (int thread = 0; thread < before.length; thread++) {
                    if (after[thread] > before[thread]) {
                        received.add(after[thread] - before[thread]);
                    }
                }
                assertEquals(List.of(2L * CLIENTS), received, "seed " + SEED);
            }
            homing.assertBooksBalance();
        }
    }

    @Test
    void withoutAKnownLengthTheFlowDecidesAndALineSaysSo() throws IOException {
        try (Echo backend = new Echo("127.0.0.1");
                Homing homing = steered(backend).start()) {
            String remark = String.join("\n", remarks(homing));
            assertTrue(remark.contains("set pools.default.connection-id-length"), remark);
            fromManyAddresses(homing, 7);
            int busy = 0;
            for (long received : receivedByThread(homing)) {
                busy += received > 0 ? 1 : 0;
            }
            assertTrue(busy > 1, homing::account);
        }
    }

    @Test
    void anotherLayoutTakesEffectWhileHomingRuns() throws IOException {
        try (Echo backend = new Echo("127.0.0.1")) {
            Homing.Setup unknown = steered(backend);
            try (Homing homing = unknown.start()) {
                homing.server()
                        .changePools(
                                steered(backend)
                                        .set("pools.default.connection-id-length", 8)
                                        .configuration());
                assertEquals(List.of(), remarks(homing));
                fromManyAddresses(homing, 7);
                int busy = 0;
                for (long received : receivedByThread(homing)) {
                    busy += received > 0 ? 1 : 0;
                }
                assertEquals(1, busy, homing::account);
            }
        }
    }

    /// An Initial and a short header from each, answered.
    private static void fromManyAddresses(Homing homing, long connectionId) throws IOException {
        byte[] shortHeader = ByteBuffer.allocate(40).put((byte) 0x40).putLong(connectionId).array();
        for (int i = 0; i < CLIENTS; i++) {
            try (Client client = new Client("127.0.0." + (2 + i))) {
                assertTrue(
                        client.isEchoed(Client.initial(connectionId, i, 1200), homing.address()),
                        homing::account);
                assertTrue(client.isEchoed(shortHeader, homing.address()), homing::account);
            }
        }
    }

    /// Other remarks are about this machine.
    private static List<String> remarks(Homing homing) {
        return homing.server().remarks().stream()
                .filter(remark -> remark.contains("steered by flow"))
                .toList();
    }

    private static long[] receivedByThread(Homing homing) {
        return homing.books().ledgers().stream()
                .mapToLong(ledger -> ledger.received(Side.CLIENT))
                .toArray();
    }
}
