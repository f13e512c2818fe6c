package dev.homing.cid.quiclb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuicLbFormatTest {

    private static final CidKey KEY = CidKey.of(new byte[16]);

    @ParameterizedTest
    @CsvSource({
        "-1, 4, 4, 0, 0, config-rotation-bits",
        "7, 4, 4, 0, 0, config-rotation-bits",
        "0, 0, 4, 0, 0, server-id-length",
        "0, 16, 4, 0, 0, server-id-length",
        "0, 4, 3, 0, 0, nonce-length",
        "0, 1, 19, 0, 0, nonce-length",
        "0, 2, 18, 0, 0, nonce-length",
        "0, 15, 5, 0, 0, nonce-length",
        "0, 4, 4, -1, 0, extra octets",
        "0, 4, 4, 0, -1, uncounted octets",
        "0, 10, 8, 1, 1, extra octets",
    })
    void namesTheTermThatIsOutOfRange(
            int rotation, int serverId, int nonce, int extra, int uncounted, String term) {
        List<String> terms =
                QuicLbFormat.problems(rotation, serverId, nonce, extra, uncounted).stream()
                        .map(QuicLbProblem::term)
                        .toList();
        assertEquals(List.of(term), terms);
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new QuicLbFormat(
                                        rotation, serverId, nonce, null, false, extra, uncounted));
        assertTrue(refusal.getMessage().contains(term), refusal.getMessage());
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        assertEquals(3, QuicLbFormat.problems(9, 16, 3, 0, 0).size());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 4, 0", "6, 15, 4, 0", "0, 1, 18, 0", "3, 4, 4, 11"})
    void takesTheLegalEnds(int rotation, int serverId, int nonce, int extra) {
        assertEquals(List.of(), QuicLbFormat.problems(rotation, serverId, nonce, extra, 0));
    }

    @ParameterizedTest
    @CsvSource({"4, 12, single-pass", "8, 8, single-pass", "4, 11, four-pass", "9, 8, four-pass"})
    void encryptsInASinglePassExactlyWhenABlockIsFull(int serverId, int nonce, String algorithm) {
        assertEquals(
                algorithm, ServerIdCipher.of(QuicLbFormat.of(0, serverId, nonce, KEY)).algorithm());
        assertEquals(
                "plaintext",
                ServerIdCipher.of(QuicLbFormat.of(0, serverId, nonce, null)).algorithm());
    }

    @Test
    void readsAKeyWithAndWithoutColons() {
        CidKey key = CidKey.parse("8f95f09245765f80256934e50c66207f");
        assertEquals(key, CidKey.parse("8F:95:f0:92:45:76:5f:80:25:69:34:e5:0c:66:20:7f"));
        assertEquals(key.hashCode(), CidKey.parse("8f95f09245765f80256934e50c66207f").hashCode());
        assertFalse(key.equals(KEY));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0 characters",
        "8f95f09245765f80256934e50c66207, 31 characters",
        "8f95f09245765f80256934e50c66207ff, 33 characters",
        "8f95f09245765f80256934e50c66207g, character 32",
        "8f-95:f0:92:45:76:5f:80:25:69:34:e5:0c:66:20:7f, character 3",
        "8f:95:f0:92:45:76:5f:80:25:69:34:e5:0c:66:20::f, character 46",
    })
    void saysWhyATextIsNoKeyAndDoesNotShowIt(String text, String why) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> CidKey.parse(text));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
        assertFalse(!text.isEmpty() && refusal.getMessage().contains(text));
    }

    @Test
    void refusesAKeyOfAnotherLength() {
        assertThrows(IllegalArgumentException.class, () -> CidKey.of(new byte[15]));
        assertThrows(IllegalArgumentException.class, () -> CidKey.of(new byte[32]));
    }

    @Test
    void doesNotShowTheKey() {
        String shown =
                QuicLbFormat.of(0, 4, 4, CidKey.parse("8f95f09245765f80256934e50c66207f"))
                        .toString();
        assertTrue(shown.contains("key=(hidden)"), shown);
    }
}
