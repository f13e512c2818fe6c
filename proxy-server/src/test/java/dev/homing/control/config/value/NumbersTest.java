package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumbersTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "64, 64", "007, 7"})
    void readsWholeNumbersWithinTheBounds(String text, int value) {
        assertEquals(value, Read.good(Numbers.between(0, 64), text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1 | -1 is out of range. Give a whole number, 0 to 64.",
                "65 | 65 is out of range. Give a whole number, 0 to 64.",
                "99999999999999999999 | \"99999999999999999999\" is too long. Give a whole number, 0 to 64.",
                "1_000 | \"1_000\" is not a whole number. Write 1000, digits only.",
                "2.0 | \"2.0\" is not a whole number. Give a whole number, 0 to 64.",
                "0x10 | \"0x10\" is not a whole number. Give a whole number, 0 to 64.",
                "two | \"two\" is not a whole number. Give a whole number, 0 to 64.",
                "'' | \"\" is not a whole number. Give a whole number, 0 to 64.",
                "٣ | \"٣\" is not a whole number. Give a whole number, 0 to 64.",
            })
    void refusesWhatIsNoWholeNumberWithinTheBounds(String text, String sentence) {
        assertEquals(sentence, Read.bad(Numbers.between(0, 64), text));
    }

    @Test
    void readsAWordInsteadOfANumber() {
        Kind<OptionalInt> kind = Numbers.wordOrBetween("auto", 1, 64);

        assertEquals(OptionalInt.empty(), Read.good(kind, "auto"));
        assertEquals(OptionalInt.of(2), Read.good(kind, "2"));
        assertEquals("auto", kind.print(OptionalInt.empty()));
        assertEquals(2, kind.print(OptionalInt.of(2)));
        assertEquals(
                "0 is out of range. Give auto or a whole number, 1 to 64.", Read.bad(kind, "0"));
    }

    @Test
    void refusesWhatIsNoPowerOfTwoAndNamesTheNeighbours() {
        Kind<Integer> kind = Numbers.powerOfTwo(64, 65_536);

        assertEquals(64, Read.good(kind, "64"));
        assertEquals(65_536, Read.good(kind, "65536"));
        assertEquals("5000 is not a power of two. Write 4096 or 8192.", Read.bad(kind, "5000"));
        assertEquals("32 is out of range. Give a power of two, 64 to 65536.", Read.bad(kind, "32"));
    }
}
