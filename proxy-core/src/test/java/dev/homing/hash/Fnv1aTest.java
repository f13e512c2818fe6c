package dev.homing.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Fnv1aTest {

    /// The test vectors of RFC 9923 appendix C.
    @ParameterizedTest
    @CsvSource({
        "'', cbf29ce484222325",
        "a, af63dc4c8601ec8c",
        "foobar, 85944171f73967e8",
        "Hello!\u0001\u00ff\u00ed, bd51ea7094ee6fa1"
    })
    void hashesTextsAsPublished(String text, String expected) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);

        assertEquals(expected, HexFormat.of().toHexDigits(hash(octets, 0, octets.length)));
    }

    @Test
    void hashesOnlyTheOctetsThatItIsToldOf() {
        byte[] octets = "xfoobary".getBytes(StandardCharsets.US_ASCII);

        assertEquals(0x85944171f73967e8L, hash(octets, 1, 6));
    }

    private static long hash(byte[] octets, int offset, int length) {
        return Fnv1a.hash(MemorySegment.ofArray(octets), offset, length);
    }
}
