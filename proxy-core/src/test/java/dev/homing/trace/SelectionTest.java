package dev.homing.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Cid;
import dev.homing.kit.Seeded;
import dev.homing.ledger.DropReason;
import dev.homing.quic.ConnectionIdWords;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

    private static final int IDS = 200_000;

    @RegisterExtension final Seeded seeded = new Seeded();

    /// The vectors of decision record 0017: hash modulo 1000.
    @ParameterizedTest
    @CsvSource({
        "0767947d29be054a, 236",
        "8394c8f03e515708, 888",
        "c0ffee, 850",
        "00, 455",
        "0102030405060708090a0b0c0d0e0f1011121314, 621"
    })
    void samplesWhatTheDocumentSays(String id, int part) {
        for (int other = 0; other < 1000; other++) {
            assertEquals(other == part, samples(sample(1000, other), Cid.of(id)), id);
        }
    }

    @ParameterizedTest
    @CsvSource({"10", "64", "1000", "1024", "10000"})
    void takesAboutItsPartOfConnectionIdsHoweverTheyAreMade(int oneIn) {
        int serverId = seeded.random().nextInt();
        assertTakesItsPart(oneIn, i -> Cid.random(seeded.random(), 8));
        assertTakesItsPart(oneIn, i -> Cid.random(seeded.random(), 20));
        // Servers that number their connections, big-endian and little-endian, behind their id.
        assertTakesItsPart(oneIn, i -> counted(serverId, i));
        assertTakesItsPart(oneIn, i -> counted(serverId, Integer.reverseBytes(i)));
    }

    private static Cid counted(int serverId, int number) {
        return Cid.of(ByteBuffer.allocate(9).put((byte) 8).putInt(serverId).putInt(number).array());
    }

    private void assertTakesItsPart(int oneIn, IntFunction<Cid> ids) {
        Selection selection = sample(oneIn, seeded.random().nextInt(oneIn));
        int taken = 0;
        for (int i = 0; i < IDS; i++) {
            taken += samples(selection, ids.apply(i)) ? 1 : 0;
        }
        double expected = (double) IDS / oneIn;
        // Binomial: six standard deviations.
        assertEquals(expected, taken, 6 * Math.sqrt(expected));
    }

    @Test
    void partsShareOutAllConnectionIds() {
        Cid id = Cid.random(seeded.random(), 8);
        int takenBy = 0;
        for (int part = 0; part < 7; part++) {
            takenBy += samples(sample(7, part), id) ? 1 : 0;
        }

        assertEquals(1, takenBy);
    }

    @Test
    void noConnectionIdIsOfNoSample() {
        assertFalse(samples(sample(2, 0), Cid.EMPTY) || samples(sample(2, 1), Cid.EMPTY));
        assertFalse(samples(Selection.NONE, Cid.of("0767947d29be054a")));
    }

    @Test
    void findsTheConnectionIdThatWasAskedFor() {
        Cid asked = Cid.random(seeded.random(), 8);
        Selection selection =
                new Selection(1, 0, 0, asked.octets(), EnumSet.noneOf(DropReason.class), 1, 128);
        byte[] packet = ByteBuffer.allocate(40).put(3, asked.octets()).array();
        MemorySegment bytes = MemorySegment.ofArray(packet);
        ConnectionIdWords words = new ConnectionIdWords();

        assertTrue(selection.asks(bytes, 3, 8, words));
        assertFalse(selection.asks(bytes, 3, 9, words), "another length is another ID");
        assertTrue(selection.asksShort(bytes, 3, 30, words));
        assertFalse(selection.asksShort(bytes, 3, 7, words), "there are too few octets");
        assertFalse(selection.asks(bytes, 2, 8, words));
        assertFalse(sample(10, 0).asksShort(bytes, 3, 30, words), "nothing was asked for");
    }

    @Test
    void takesTheReasonsItWasGiven() {
        Selection selection =
                new Selection(
                        1,
                        0,
                        0,
                        new byte[0],
                        Set.of(DropReason.EMPTY, DropReason.SEND_FAILED),
                        1,
                        1);
        for (DropReason reason : DropReason.values()) {
            assertEquals(
                    reason == DropReason.EMPTY || reason == DropReason.SEND_FAILED,
                    selection.takes(reason));
        }
    }

    @Test
    void refusesAConnectionIdThatThereCannotBe() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Selection(1, 0, 0, new byte[21], Set.of(), 1, 1));
    }

    private static Selection sample(int oneIn, int part) {
        return new Selection(1, oneIn, part, new byte[0], Set.of(), 1, 128);
    }

    private static boolean samples(Selection selection, Cid id) {
        return selection.samples(MemorySegment.ofArray(id.octets()), 0, id.length());
    }
}
