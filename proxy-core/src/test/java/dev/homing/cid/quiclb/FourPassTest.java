package dev.homing.cid.quiclb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.kit.QuicLbVector;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FourPassTest {

    private static final HexFormat HEX = HexFormat.of();

    private final QuicLbVector example =
            QuicLbVector.all().stream()
                    .filter(vector -> !vector.intermediates().isEmpty())
                    .findFirst()
                    .orElseThrow();
    private final Map<String, String> halves = example.intermediates();
    private final FourPass cipher = new FourPass(example.format(), example.key());

    /// Section 5.4.2.4 of the draft.
    @Test
    void goesThroughTheHalvesOfTheWorkedExample() {
        byte[] connectionId = example.connectionId();
        System.arraycopy(example.serverId(), 0, connectionId, 1, 3);
        System.arraycopy(example.nonce(), 0, connectionId, 4, 4);
        cipher.split(MemorySegment.ofArray(connectionId), 1);
        assertHalves("left_0", "right_0");
        cipher.pass(1);
        assertHalves("left_0", "right_1");
        cipher.pass(2);
        assertHalves("left_1", "right_1");
        cipher.pass(3);
        assertHalves("left_1", "right_2");
        cipher.pass(4);
        assertHalves("left_2", "right_2");
    }

    @Test
    void goesThroughTheHalvesOfTheWorkedExampleBackwards() {
        cipher.split(MemorySegment.ofArray(example.connectionId()), 1);
        assertHalves("left_2", "right_2");
        cipher.pass(4);
        assertHalves("left_1", "right_2");
        cipher.pass(3);
        assertHalves("left_1", "right_1");
        cipher.pass(2);
        assertHalves("left_0", "right_1");
        cipher.pass(1);
        assertHalves("left_0", "right_0");
    }

    @Test
    void givesTheBlocksOfTheWorkedExampleToAesAndGetsThemBack() {
        for (int pass = 1; pass <= 4; pass++) {
            byte[] in = HEX.parseHex(halves.get("aes_in_" + pass));
            AesBlock aes = AesBlock.encrypting(example.key());
            MemorySegment words = MemorySegment.ofArray(in);
            aes.run(word(words, 0), word(words, 8));
            assertEquals(
                    halves.get("aes_out_" + pass),
                    HEX.toHexDigits(aes.high()) + HEX.toHexDigits(aes.low()));
        }
    }

    private static long word(MemorySegment bytes, int offset) {
        return bytes.asSlice(offset, 8).asByteBuffer().getLong();
    }

    private void assertHalves(String left, String right) {
        assertArrayEquals(HEX.parseHex(halves.get(left)), cipher.left());
        assertArrayEquals(HEX.parseHex(halves.get(right)), cipher.right());
    }
}
