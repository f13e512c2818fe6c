package dev.homing.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Seeded;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {

    private static final SipHash KEYLESS = new SipHash(0, 0);

    @RegisterExtension final Seeded seeded = new Seeded();

    /// The right-hand sides are CPython 3.11's hash() of the words as little-endian octets with
    /// PYTHONHASHSEED=0, which is SipHash-1-3 with the key 0.
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, bd60acb658c79e45",
        "ffffffffffffffff, 2f205be2fec8e38d",
        "0000000000000001, 1e9f734161d62dd9",
        "6c576fac43fd007c, 748a516ed4e32b08",
        "ec5ad15e2e62ae10, 85d49f165a26a016"
    })
    void hashesOneWordAsPythonDoes(String word, String expected) {
        assertEquals(word(expected), KEYLESS.hash(word(word)));
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0000000000000000, 0000000000000000, f9003207cf9e4d4c",
        "ffffffffffffffff, ffffffffffffffff, ffffffffffffffff, 1b8698f54a7f563b",
        "0000000000000001, 0000000000000002, 0000000000000003, 8acb65135d8f2da1",
        "1cfb5806dd27fed6, 5327b7f7896976ed, bc03b48704e1fbf8, 4959f2f9c2bf60f5",
        "9cfeb9b8c78dac6a, 187f5740258965f1, 09bce6fd9b65fbac, d922331f33dd1f9e"
    })
    void hashesThreeWordsAsPythonDoes(String a, String b, String c, String expected) {
        assertEquals(word(expected), KEYLESS.hash(word(a), word(b), word(c)));
    }

    @ParameterizedTest
    @CsvSource({
        "00, 00, 00, 00, 00, 8a0d55ebcf29c4b2",
        "ffffffffffffffff, ffffffffffffffff, ffffffffffffffff, ffffffffffffffff, "
                + "ffffffffffffffff, 97a1f34831b415f0",
        "01, 02, 03, 04, 05, 0ac1337336f43ed3",
        "cd9f40617652fd30, 23e6e93b8c88d2bf, d20c8774e92c4de2, 4f38415b5b5e5009, "
                + "71571e1e11ed09e4, b2715e08382f5f12",
        "4da2a21360b8aac4, e93e888428a8c1c3, 1fc5b9eb7fb04d96, 7963424090308ead, "
                + "9ffb7767cd6968b8, 9c18ee2f7eb4755b"
    })
    void hashesFiveWordsAsPythonDoes(
            String a, String b, String c, String d, String e, String expected) {
        assertEquals(word(expected), KEYLESS.hash(word(a), word(b), word(c), word(d), word(e)));
    }

    @Test
    void agreesWithAByteWiseReferenceForAnyKey() {
        SplittableRandom random = seeded.random();
        for (int i = 0; i < 10_000; i++) {
            long keyLow = random.nextLong();
            long keyHigh = random.nextLong();
            SipHash hash = new SipHash(keyLow, keyHigh);
            long[] words = random.longs(5).toArray();
            assertEquals(reference(keyLow, keyHigh, words[0]), hash.hash(words[0]));
            assertEquals(
                    reference(keyLow, keyHigh, words[0], words[1], words[2]),
                    hash.hash(words[0], words[1], words[2]));
            assertEquals(
                    reference(keyLow, keyHigh, words),
                    hash.hash(words[0], words[1], words[2], words[3], words[4]));
        }
    }

    /// The reference is itself held against the vector that Python computed.
    @Test
    void theReferenceAgreesWithPython() {
        assertEquals(word("8acb65135d8f2da1"), reference(0, 0, 1, 2, 3));
    }

    @Test
    void flipsHalfOfTheBitsWhenOneBitOfTheInputFlips() {
        SipHash hash = new SipHash(seeded.random().nextLong(), seeded.random().nextLong());
        long flipped = 0;
        for (int bit = 0; bit < 64; bit++) {
            for (int i = 0; i < 100; i++) {
                long word = seeded.random().nextLong();
                flipped += Long.bitCount(hash.hash(word) ^ hash.hash(word ^ 1L << bit));
            }
        }
        double mean = flipped / 6400.0;
        assertTrue(mean > 31 && mean < 33, () -> "bits flipped on average: " + mean);
    }

    private static long word(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }

    /// The paper's algorithm over octets, one step a line, with its state in an array.
    private static long reference(long keyLow, long keyHigh, long... words) {
        ByteBuffer octets =
                ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : words) {
            octets.putLong(word);
        }
        byte[] input = octets.array();
        long[] v = {
            keyLow ^ 0x736f6d6570736575L,
            keyHigh ^ 0x646f72616e646f6dL,
            keyLow ^ 0x6c7967656e657261L,
            keyHigh ^ 0x7465646279746573L
        };
        int whole = input.length / Long.BYTES;
        for (int i = 0; i < whole; i++) {
            long m = 0;
            for (int j = 0; j < Long.BYTES; j++) {
                m |= Byte.toUnsignedLong(input[i * Long.BYTES + j]) << 8 * j;
            }
            v[3] ^= m;
            round(v);
            v[0] ^= m;
        }
        long last = (long) input.length << 56;
        v[3] ^= last;
        round(v);
        v[0] ^= last;
        v[2] ^= 0xff;
        round(v);
        round(v);
        round(v);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void round(long[] v) {
        v[0] += v[1];
        v[1] = Long.rotateLeft(v[1], 13);
        v[1] ^= v[0];
        v[0] = Long.rotateLeft(v[0], 32);
        v[2] += v[3];
        v[3] = Long.rotateLeft(v[3], 16);
        v[3] ^= v[2];
        v[0] += v[3];
        v[3] = Long.rotateLeft(v[3], 21);
        v[3] ^= v[0];
        v[2] += v[1];
        v[1] = Long.rotateLeft(v[1], 17);
        v[1] ^= v[2];
        v[2] = Long.rotateLeft(v[2], 32);
    }
}
