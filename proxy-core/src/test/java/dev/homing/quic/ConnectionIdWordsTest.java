package dev.homing.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Cid;
import dev.homing.kit.Seeded;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionIdWordsTest {

    @RegisterExtension final Seeded seeded = new Seeded();

    private record Key(Cid cid, int pool) {}

    @Test
    void isTheSameFarFromTheEndOfTheSlotAndUpToIt() {
        for (int length = 1; length <= QuicHeader.MAX_CONNECTION_ID_BYTES; length++) {
            byte[] octets = Cid.random(seeded.random(), length).octets();
            List<Long> expected = words(octets, 0, length, 7);
            for (int behind = 0; behind < 30; behind++) {
                byte[] slot = new byte[3 + length + behind];
                Arrays.fill(slot, (byte) 0xee); // what follows a connection ID must not count
                System.arraycopy(octets, 0, slot, 3, length);
                assertEquals(expected, words(slot, 3, length, 7));
            }
        }
    }

    @Test
    void readsBigEndianWordsWithTheLengthAndThePoolInTheThird() {
        byte[] octets = new byte[20];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (0xf0 - i);
        }
        assertEquals(
                List.of(0xf0efeeedecebeae9L, 0xe8e7e6e5e4e3e2e1L, 0xe0dfdedd_ffff_0014L),
                words(octets, 0, 20, 0xffff));
        assertEquals(List.of(0xf000000000000000L, 0L, 1L), words(octets, 0, 1, 0));
    }

    @Test
    void isEqualExactlyWhenOctetsLengthAndPoolAre() {
        SplittableRandom random = seeded.random();
        Map<List<Long>, Key> keys = new HashMap<>();
        Map<Key, List<Long>> words = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            Key key = new Key(similar(random), random.nextInt(3));
            List<Long> read = words(key.cid().octets(), 0, key.cid().length(), key.pool());
            assertEquals(key, keys.computeIfAbsent(read, unseen -> key));
            assertEquals(read, words.computeIfAbsent(key, unseen -> read));
        }
        assertTrue(keys.size() > 10_000);
        assertEquals(keys.size(), words.size());
    }

    /// Connection IDs that differ in little: mostly zeros and one octet, at every place.
    private static Cid similar(SplittableRandom random) {
        byte[] octets = new byte[1 + random.nextInt(20)];
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        return Cid.of(octets);
    }

    /// No octet of a shorter connection ID may be taken for one of a longer, or the reverse.
    @Test
    void everyOctetCountsUpToTheLengthAndNoneAfterIt() {
        for (int length = 1; length <= QuicHeader.MAX_CONNECTION_ID_BYTES; length++) {
            byte[] slot = new byte[40];
            List<Long> zeros = words(slot, 0, length, 0);
            Map<Integer, Boolean> counts = new TreeMap<>();
            for (int at = 0; at < slot.length; at++) {
                slot[at] = 1;
                counts.put(at, !words(slot, 0, length, 0).equals(zeros));
                slot[at] = 0;
            }
            int end = length;
            counts.forEach((at, isDifferent) -> assertEquals(at < end, isDifferent));
        }
    }

    private static List<Long> words(byte[] slot, int offset, int length, int pool) {
        ConnectionIdWords words = new ConnectionIdWords();
        words.read(MemorySegment.ofArray(slot), offset, length, pool);
        return List.of(words.first(), words.second(), words.third());
    }
}
