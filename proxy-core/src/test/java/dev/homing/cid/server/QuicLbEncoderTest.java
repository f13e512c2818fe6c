package dev.homing.cid.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.cid.CidScheme;
import dev.homing.cid.QuicLb;
import dev.homing.cid.ServerIds;
import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.kit.Cid;
import dev.homing.kit.QuicLbVector;
import dev.homing.kit.Seeded;
import dev.homing.kit.Together;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuicLbEncoderTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final CidKey KEY = CidKey.parse("8f95f09245765f80256934e50c66207f");
    private static final byte[] SERVER = {1, 2, 3};

    @RegisterExtension final Seeded seeded = new Seeded();

    static Stream<QuicLbVector> currentVectors() {
        return QuicLbVector.all().stream().filter(QuicLbVector::isCurrent);
    }

    @ParameterizedTest
    @MethodSource("currentVectors")
    void issuesTheConnectionIdOfTheVector(QuicLbVector vector) {
        QuicLbEncoder encoder =
                new QuicLbEncoder(
                        vector.format(),
                        vector.serverId(),
                        new NoncePosition(HEX.formatHex(vector.nonce()), 0),
                        randomnessOf(vector));
        assertArrayEquals(vector.connectionId(), encoder.next(vector.extra()).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("currentVectors")
    void makesAConnectionIdWithACertainNonceAsOftenAsAsked(QuicLbVector vector) {
        QuicLbFormat format = vector.format();
        QuicLbEncoder encoder = new QuicLbEncoder(format, vector.serverId(), randomnessOf(vector));
        long remaining = encoder.remaining();
        for (int i = 0; i < 2; i++) {
            byte[] made = encoder.withNonce(vector.nonce());
            assertEquals(format.connectionIdLength(), made.length);
            assertArrayEquals(
                    Arrays.copyOfRange(vector.connectionId(), 1, format.shortestLength()),
                    Arrays.copyOfRange(made, 1, format.shortestLength()));
            assertEquals(format.configRotationBits(), QuicLbFormat.rotationOf(made[0]));
        }
        assertEquals(remaining, encoder.remaining());
        assertThrows(
                IllegalArgumentException.class,
                () -> encoder.withNonce(new byte[format.nonceLength() + 1]));
    }

    /// Whatever is random in a connection ID, as it was in the vector's.
    private static RandomGenerator randomnessOf(QuicLbVector vector) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("not asked for");
            }

            @Override
            public int nextInt() {
                return vector.connectionId()[0];
            }

            @Override
            public void nextBytes(byte[] octets) {
                System.arraycopy(vector.nonce(), 0, octets, 0, octets.length);
            }
        };
    }

    private static CidScheme scheme(QuicLbFormat format) {
        ServerIds servers = ServerIds.ofLength(SERVER.length).add(SERVER, 4).build();
        return new QuicLb(List.of(new QuicLb.Configuration(format, servers)));
    }

    private static String nonceIn(CidScheme scheme, byte[] connectionId) {
        return scheme.describe(MemorySegment.ofArray(connectionId), 0, connectionId.length).nonce();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 7, 8, 9, 12, 13, 16})
    void usesEachNonceOnceUnderAKeyAndFindsItsServerAgain(int nonceLength) {
        QuicLbFormat format = QuicLbFormat.of(6, 3, nonceLength, KEY);
        CidScheme scheme = scheme(format);
        QuicLbEncoder encoder = new QuicLbEncoder(format, SERVER);
        Set<String> nonces = new HashSet<>();
        Set<Cid> connectionIds = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            byte[] connectionId = encoder.next().orElseThrow();
            assertEquals(encoder.length(), connectionId.length);
            assertEquals(4, verdict(scheme, connectionId));
            assertTrue(nonces.add(nonceIn(scheme, connectionId)), "a nonce came twice");
            connectionIds.add(Cid.of(Arrays.copyOfRange(connectionId, 1, connectionId.length)));
        }
        assertEquals(5_000, connectionIds.size());
    }

    private static int verdict(CidScheme scheme, byte[] connectionId) {
        return scheme.newDecoder()
                .decodeShort(MemorySegment.ofArray(connectionId), 0, connectionId.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 8, 9, 16})
    void countsOnPastTheLargestNonce(int nonceLength) {
        QuicLbFormat format = QuicLbFormat.of(0, 3, nonceLength, KEY);
        CidScheme scheme = scheme(format);
        String largest = "ff".repeat(nonceLength);
        QuicLbEncoder encoder = new QuicLbEncoder(format, SERVER, new NoncePosition(largest, 0));
        assertEquals(largest, nonceIn(scheme, encoder.next().orElseThrow()));
        assertEquals("00".repeat(nonceLength), nonceIn(scheme, encoder.next().orElseThrow()));
        assertEquals(
                "00".repeat(nonceLength - 1) + "01", nonceIn(scheme, encoder.next().orElseThrow()));
    }

    @Test
    void reportsThatAllNoncesAreUsed() {
        QuicLbFormat format = QuicLbFormat.of(0, 3, 4, KEY);
        long all = 1L << 32;
        NoncePosition nearTheEnd = new NoncePosition("00000005", all - 3);
        QuicLbEncoder encoder = new QuicLbEncoder(format, SERVER, nearTheEnd);
        CidScheme scheme = scheme(format);
        assertEquals(3, encoder.remaining());
        assertEquals("00000002", nonceIn(scheme, encoder.next().orElseThrow()));
        assertEquals("00000003", nonceIn(scheme, encoder.next().orElseThrow()));
        assertEquals("00000004", nonceIn(scheme, encoder.next().orElseThrow()));
        assertEquals(0, encoder.remaining());
        assertTrue(encoder.next().isEmpty());
        assertTrue(encoder.next(new byte[0]).isEmpty());
        QuicLbEncoder ahead = new QuicLbEncoder(format, SERVER, nearTheEnd.ahead(100));
        assertEquals(0, ahead.remaining());
        assertTrue(ahead.next().isEmpty());
    }

    @Test
    void goesOnAfterARestartWhereItWas() {
        QuicLbFormat format = QuicLbFormat.of(0, 3, 5, KEY);
        CidScheme scheme = scheme(format);
        QuicLbEncoder encoder = new QuicLbEncoder(format, SERVER);
        Set<String> nonces = new HashSet<>();
        for (int restart = 0; restart < 20; restart++) {
            for (int i = 0; i < 50; i++) {
                nonces.add(nonceIn(scheme, encoder.next().orElseThrow()));
            }
            NoncePosition position = encoder.position().orElseThrow();
            assertEquals(50L * (restart + 1), position.used());
            encoder = new QuicLbEncoder(format, SERVER, position);
        }
        assertEquals(1_000, nonces.size());
    }

    /// A start of its own, so that a server which did forget its position rarely repeats a nonce.
    @Test
    void startsSomewhereElseEachTime() {
        QuicLbFormat format = QuicLbFormat.of(0, 3, 12, KEY);
        assertNotEquals(
                new QuicLbEncoder(format, SERVER).position(),
                new QuicLbEncoder(format, SERVER).position());
    }

    @Test
    void drawsTheNonceOfPlaintextAtRandom() {
        QuicLbFormat format = QuicLbFormat.of(1, 3, 4, null);
        SplittableRandom random = new SplittableRandom(seeded.seed());
        QuicLbEncoder encoder = new QuicLbEncoder(format, SERVER, random);
        assertEquals(Long.MAX_VALUE, encoder.remaining());
        assertTrue(encoder.position().isEmpty());
        int upperBits = 0;
        for (int i = 0; i < 64; i++) {
            byte[] connectionId = encoder.next().orElseThrow();
            assertArrayEquals(SERVER, Arrays.copyOfRange(connectionId, 1, 4));
            upperBits |= 1 << (Byte.toUnsignedInt(connectionId[4]) >> 5);
        }
        assertTrue(Integer.bitCount(upperBits) > 4, "a counter, it seems");
    }

    @ParameterizedTest
    @CsvSource({"0, 0x0b", "1, 0x2b", "6, 0xcb"})
    void encodesRotationAndLengthInTheFirstOctet(int rotation, int expected) {
        QuicLbFormat format = QuicLbFormat.of(rotation, 3, 6, KEY).encodingLength().withExtra(2, 0);
        byte[] connectionId = new QuicLbEncoder(format, SERVER).next().orElseThrow();
        assertEquals(12, connectionId.length);
        assertEquals(expected, Byte.toUnsignedInt(connectionId[0]));
    }

    @Test
    void fillsTheFirstOctetWithRandomBitsOtherwise() {
        QuicLbEncoder encoder =
                new QuicLbEncoder(
                        QuicLbFormat.of(5, 3, 6, KEY), SERVER, new SplittableRandom(seeded.seed()));
        Set<Byte> firstOctets = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            byte firstOctet = encoder.next().orElseThrow()[0];
            assertEquals(5, QuicLbFormat.rotationOf(firstOctet));
            firstOctets.add(firstOctet);
        }
        assertEquals(32, firstOctets.size());
    }

    @Test
    void putsTheServersOwnOctetsBehindInTheClear() {
        QuicLbFormat format = QuicLbFormat.of(0, 3, 4, KEY).withExtra(1, 1);
        QuicLbEncoder encoder = new QuicLbEncoder(format, SERVER);
        byte[] connectionId = encoder.next(new byte[] {0x77, 0x66}).orElseThrow();
        assertArrayEquals(
                new byte[] {0x77, 0x66}, Arrays.copyOfRange(connectionId, 8, connectionId.length));
        assertEquals(10, encoder.next().orElseThrow().length);
        assertThrows(IllegalArgumentException.class, () -> encoder.next(new byte[1]));
    }

    @Test
    void isSharedByThreads() throws Exception {
        QuicLbFormat format = QuicLbFormat.of(0, 3, 4, KEY);
        CidScheme scheme = scheme(format);
        QuicLbEncoder encoder = new QuicLbEncoder(format, SERVER);
        Set<Cid> connectionIds = ConcurrentHashMap.newKeySet();
        Together.run(
                Collections.nCopies(
                        4,
                        () -> {
                            for (int i = 0; i < 10_000; i++) {
                                connectionIds.add(Cid.of(encoder.next().orElseThrow()));
                            }
                        }));
        Set<String> nonces = new HashSet<>();
        connectionIds.forEach(id -> nonces.add(nonceIn(scheme, id.octets())));
        assertEquals(40_000, nonces.size());
    }

    @Test
    void refusesAServerIdOrNoncesOfAnotherLength() {
        QuicLbFormat format = QuicLbFormat.of(0, 3, 4, KEY);
        assertThrows(IllegalArgumentException.class, () -> new QuicLbEncoder(format, new byte[2]));
        assertThrows(
                IllegalArgumentException.class,
                () -> new QuicLbEncoder(format, SERVER, new NoncePosition("0000000000", 0)));
        assertThrows(IllegalArgumentException.class, () -> new NoncePosition("0", 0));
        assertThrows(IllegalArgumentException.class, () -> new NoncePosition("00", -1));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 19, 20})
    void unroutableIdsSaySoAndHowLongTheyAre(int length) {
        UnroutableIds ids = new UnroutableIds(length);
        Set<Cid> different = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            byte[] id = ids.next();
            assertEquals(length, id.length);
            assertEquals(0xe0 | length - 1, Byte.toUnsignedInt(id[0]));
            different.add(Cid.of(id));
        }
        assertEquals(100, different.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 21})
    void unroutableIdsHave8To20Octets(int length) {
        assertThrows(IllegalArgumentException.class, () -> new UnroutableIds(length));
    }
}
