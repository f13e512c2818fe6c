package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HashKeyTest {

    @Test
    void readsThirtyTwoHexadecimalDigits() {
        assertEquals(
                new HashKey(0xfedcba9876543210L, 0x0123456789abcdefL),
                Read.good(HashKey.kind(), "FEDCBA98765432100123456789abcdef"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fedcba98765432100123456789abcde",
                "fedcba98765432100123456789abcdeff",
                "fedcba98765432100123456789abcdeg",
                "+edcba98765432100123456789abcdef",
            })
    void refusesAnythingElseWithoutRepeatingIt(String text) {
        String sentence = Read.bad(HashKey.kind(), text);

        assertFalse(sentence.contains("dcba"), sentence);
    }

    @Test
    void neverShowsItself() {
        HashKey key = new HashKey(0xfedcba9876543210L, 0x0123456789abcdefL);

        assertEquals("HashKey[********]", key.toString());
        assertEquals("********", HashKey.kind().print(key));
    }

    @Test
    void refusesTheMaskThatStandsForAKey() {
        assertEquals(
                "holds the mask that print-config shows in place of the key."
                        + " Put the key back, or give it in HOMING_HASH_KEY or hash-key-file.",
                Read.bad(HashKey.kind(), HashKey.MASK));
    }

    @Test
    void drawsAnotherKeyEachTime() {
        assertNotEquals(HashKey.random(), HashKey.random());
    }
}
