package dev.homing.cid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Cid;
import dev.homing.kit.Seeded;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdsTest {

    private static final int UNKNOWN = Unroutable.SERVER_ID_UNKNOWN.verdict();

    @RegisterExtension final Seeded seeded = new Seeded();

    static Stream<Integer> everyLength() {
        return IntStream.rangeClosed(1, 15).boxed();
    }

    @ParameterizedTest
    @MethodSource("everyLength")
    void findsWhatWasPutInAndNothingElse(int length) {
        SplittableRandom random = seeded.random();
        for (int count : new int[] {0, 1, 2, 3, 4, 5, 63, 64, 65, 1000}) {
            Map<Cid, Integer> model = new HashMap<>();
            ServerIds.Builder builder = ServerIds.ofLength(length);
            for (int i = 0; i < count; i++) {
                Cid serverId = alike(random, length);
                int backend = random.nextInt(5); // so that backends have several server IDs
                if (model.putIfAbsent(serverId, backend) == null) {
                    builder.add(serverId.octets(), backend);
                }
            }
            ServerIds serverIds = builder.build();
            assertEquals(model.size(), serverIds.count());
            model.forEach((id, backend) -> assertEquals(backend, find(serverIds, id)));
            for (int i = 0; i < 1000; i++) {
                Cid any = alike(random, length);
                assertEquals(model.getOrDefault(any, UNKNOWN), find(serverIds, any));
            }
        }
    }

    /// Few different octets, so that many are equal and others differ in one.
    private static Cid alike(SplittableRandom random, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (random.nextInt(3) - 1);
        }
        octets[random.nextInt(length)] = (byte) random.nextInt();
        return Cid.of(octets);
    }

    private static int find(ServerIds serverIds, Cid serverId) {
        ByteBuffer words = ByteBuffer.allocate(16).put(serverId.octets());
        return serverIds.find(words.getLong(0), words.getLong(8));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 16})
    void refusesALengthThatNoServerIdHas(int length) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> ServerIds.ofLength(length));
        assertTrue(refusal.getMessage().contains("server-id-length"));
    }

    @Test
    void refusesAServerIdOfTwoBackendsOrOfAnotherLength() {
        ServerIds.Builder builder = ServerIds.ofLength(2).add(new byte[] {1, 2}, 3);
        assertEquals(3, builder.backendOf(new byte[] {1, 2}));
        assertEquals(UNKNOWN, builder.backendOf(new byte[] {1, 3}));
        builder.add(new byte[] {1, 2}, 3);
        assertThrows(IllegalArgumentException.class, () -> builder.add(new byte[] {1, 2}, 4));
        assertThrows(IllegalArgumentException.class, () -> builder.add(new byte[] {1}, 3));
        assertThrows(IllegalArgumentException.class, () -> builder.add(new byte[] {1, 4}, -1));
        assertEquals(1, builder.build().count());
    }

    @Test
    void doesNotChangeWithTheArrayThatItWasGiven() {
        byte[] serverId = {1};
        ServerIds.Builder builder = ServerIds.ofLength(1).add(serverId, 0);
        serverId[0] = 2;
        assertEquals(0, find(builder.build(), Cid.of((byte) 1)));
    }

    @Test
    void meetsOthersOfTheSameLengthThatShareAServerId() {
        ServerIds one = ServerIds.ofLength(1).add(new byte[] {1}, 0).build();
        ServerIds both =
                ServerIds.ofLength(1).add(new byte[] {1}, 7).add(new byte[] {2}, 8).build();
        ServerIds two = ServerIds.ofLength(1).add(new byte[] {2}, 0).build();
        ServerIds longer = ServerIds.ofLength(2).add(new byte[] {1, 0}, 0).build();
        assertTrue(one.meets(both));
        assertTrue(both.meets(one));
        assertFalse(one.meets(two));
        assertFalse(one.meets(longer));
    }
}
