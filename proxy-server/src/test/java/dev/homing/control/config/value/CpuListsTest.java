package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CpuListsTest {

    private static final Kind<List<Integer>> KIND = CpuLists.anyOrNumbers();

    @ParameterizedTest
    @CsvSource({
        "any, '', any",
        "0, 0, 0",
        "8191, 8191, 8191",
        "'2-5,8', '2 3 4 5 8', '2-5,8'",
        "'8,2-5', '8 2 3 4 5', '8,2-5'",
        "'3,2,1', '3 2 1', '3,2,1'",
        "'0, 1 ,2', '0 1 2', 0-2",
        "7-7, 7, 7",
    })
    void keepsTheOrderOfWriting(String text, String numbers, String printed) {
        List<Integer> expected =
                Arrays.stream(numbers.split(" ", -1))
                        .filter(number -> !number.isEmpty())
                        .map(Integer::valueOf)
                        .toList();

        assertEquals(Parsed.good(expected), KIND.read(text));
        assertEquals(printed, KIND.print(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "'', is not a list of CPUs",
        "all, is not a list of CPUs",
        "'1,', is not a list of CPUs",
        "-1, is not a list of CPUs",
        "1-2-3, is not a list of CPUs",
        "0x3, is not a list of CPUs",
        "5-2, is no range of CPUs",
        "8192, is no range of CPUs",
    })
    void saysWhatIsWrong(String text, String what) {
        Parsed.Bad<List<Integer>> bad = (Parsed.Bad<List<Integer>>) KIND.read(text);

        assertEquals(Shown.value(text) + " " + what, bad.what());
        assertEquals(
                "Give numbers and ranges with commas between them, such as 2-5,8, or any.",
                bad.remedy());
    }

    @Test
    void refusesACpuThatIsThereTwice() {
        assertEquals(Parsed.bad("CPU 3 is there twice", "Name each CPU once."), KIND.read("1-4,3"));
    }
}
