package dev.homing.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuicLbIdsTest {

    private static final String KEY = "8f95f09245765f80256934e50c66207f";

    /// From the draft's appendix B, which sets the length in the first octet.
    @Test
    void theDraftsVectorsAreRead() {
        QuicLbIds plaintext = QuicLbIds.plaintext(0, "000000", 4).withEncodedLength();
        assertEquals("c4605e", plaintext.serverIdIn("07c4605e4504cc4f"));
        QuicLbIds encrypted = QuicLbIds.encrypted(2, "0000000000000000", KEY).withEncodedLength();
        assertEquals(
                "ed793a51d49b8f5f", encrypted.serverIdIn("504dd2d05a7b0de9b2b9907afb5ecf8cc3"));
    }

    @ParameterizedTest
    @CsvSource({
        "27c4605e4504cc4f, other rotation bits",
        "06c4605e4504cc4f, another length in the first octet",
        "07c4605e4504cc, a connection ID that is too short",
        "'', none at all",
    })
    void whatHasAnotherFormIsNotRead(String connectionId, String why) {
        QuicLbIds ids = QuicLbIds.plaintext(0, "c4605e", 4).withEncodedLength();
        assertEquals("", ids.serverIdIn(connectionId), why);
    }

    @Test
    void whatIsMadeCanBeRead() {
        for (QuicLbIds ids :
                new QuicLbIds[] {
                    QuicLbIds.plaintext(6, "0a", 4),
                    QuicLbIds.plaintext(1, "0a0b0c", 16).withEncodedLength(),
                    QuicLbIds.encrypted(3, "0a0b0c0d", KEY),
                }) {
            String id = HexFormat.of().formatHex(ids.next());
            assertEquals(ids.serverId(), ids.serverIdIn(id), () -> ids + " " + id);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "7, 0a, 4, ''",
        "0, '', 4, ''",
        "0, 0a, 3, ''",
        "0, 0a0b, 18, ''",
        "0, 0a0b, 6, " + KEY,
        "0, 0a0b, 14, 8f95",
    })
    void whatTheDraftForbidsIsRefused(int rotationBits, String serverId, int nonce, String key) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new QuicLbIds(rotationBits, serverId, nonce, key, false));
    }
}
