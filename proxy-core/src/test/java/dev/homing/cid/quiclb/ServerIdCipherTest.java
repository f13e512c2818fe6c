package dev.homing.cid.quiclb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.kit.Seeded;
import dev.homing.kit.SlowQuicLb;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerIdCipherTest {

    private static final int ROUNDS = 50;

    @RegisterExtension final Seeded seeded = new Seeded();

    static Stream<Arguments> everyLegalPairOfLengths() {
        return IntStream.rangeClosed(1, 15)
                .boxed()
                .flatMap(serverId ->
                        IntStream.rangeClosed(4, Math.min(18, 19 - serverId))
                                .mapToObj(nonce -> Arguments.of(serverId, nonce)));
    }

    @ParameterizedTest
    @MethodSource("everyLegalPairOfLengths")
    void sealsAsTheTextOfTheDraftDoesAndOpensWhatItSealed(int serverIdLength, int nonceLength) {
        SplittableRandom random = seeded.random();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] key = octets(random, CidKey.BYTES);
            byte[] body = octets(random, serverIdLength + nonceLength);
            ServerIdCipher cipher =
                    ServerIdCipher.of(
                            QuicLbFormat.of(0, serverIdLength, nonceLength, CidKey.of(key)));
            byte[] connectionId = octets(random, 1 + body.length + random.nextInt(30));
            byte[] around = connectionId.clone();
            System.arraycopy(body, 0, connectionId, 1, body.length);
            cipher.seal(connectionId, 1);

            byte[] expected = around.clone();
            System.arraycopy(SlowQuicLb.encrypt(key, body), 0, expected, 1, body.length);
            assertArrayEquals(expected, connectionId);
            assertOpens(cipher, connectionId, body, serverIdLength);
        }
    }

    @ParameterizedTest
    @MethodSource("everyLegalPairOfLengths")
    void leavesPlaintextAlone(int serverIdLength, int nonceLength) {
        ServerIdCipher cipher =
                ServerIdCipher.of(QuicLbFormat.of(0, serverIdLength, nonceLength, null));
        byte[] connectionId = octets(seeded.random(), 1 + serverIdLength + nonceLength);
        byte[] sealed = connectionId.clone();
        cipher.seal(sealed, 1);
        assertArrayEquals(connectionId, sealed);
        byte[] body = Arrays.copyOfRange(connectionId, 1, connectionId.length);
        assertOpens(cipher, sealed, body, serverIdLength);
    }

    private static void assertOpens(
            ServerIdCipher cipher, byte[] connectionId, byte[] body, int serverIdLength) {
        MemorySegment bytes = MemorySegment.ofArray(connectionId);
        cipher.open(bytes, 1);
        ByteBuffer serverId = ByteBuffer.allocate(16).put(body, 0, serverIdLength);
        assertEquals(serverId.getLong(0), cipher.high());
        assertEquals(serverId.getLong(8), cipher.low());
        assertArrayEquals(body, cipher.openBody(bytes, 1));
    }

    private static byte[] octets(SplittableRandom random, int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }
}
