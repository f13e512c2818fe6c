package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SizesTest {

    private static final Kind<Integer> KIND = Sizes.between(1024, 512 << 20);

    @ParameterizedTest
    @CsvSource({
        "4MiB, 4194304, 4MiB",
        "4 MiB, 4194304, 4MiB",
        "4194304, 4194304, 4MiB",
        "4194304B, 4194304, 4MiB",
        "4MB, 4000000, 4000000",
        "64KiB, 65536, 64KiB",
        "100kB, 100000, 100000",
        "1025, 1025, 1025",
    })
    void readsAndPrintsSizes(String text, int bytes, String printed) {
        assertEquals(bytes, Read.good(KIND, text));
        assertEquals(printed, KIND.print(bytes));
        assertEquals(bytes, Read.good(KIND, printed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4M | \"4M\" has an unknown unit. Write 4MiB.",
                "4m | \"4m\" has an unknown unit. Write 4MiB.",
                "64k | \"64k\" has an unknown unit. Write 64KiB.",
                "4TiB | \"4TiB\" has an unknown unit. Use KiB, MiB or GiB, for example 4MiB.",
                "1GiB | \"1GiB\" is out of range. Give a size, 1KiB to 512MiB.",
                "999999999999GiB | \"999999999999GiB\" is out of range. Give a size, 1KiB to 512MiB.",
                "0 | \"0\" is out of range. Give a size, 1KiB to 512MiB.",
                "-1 | \"-1\" is not a size. Give a whole number of bytes or one with KiB, MiB or GiB, for example 4MiB.",
                "1.5MiB | \"1.5MiB\" is not a size. Give a whole number of bytes or one with KiB, MiB or GiB, for example 4MiB.",
            })
    void refusesAmbiguousUnitsAndWhatIsOutOfBounds(String text, String sentence) {
        assertEquals(sentence, Read.bad(KIND, text));
    }
}
