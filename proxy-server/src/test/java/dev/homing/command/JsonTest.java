package dev.homing.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {

    @Test
    void writesEveryKindOfValue() {
        assertEquals("{}", Json.write(Map.of()));
        assertEquals("[]", Json.write(List.of()));
        assertEquals(
                """
                [
                  1,
                  true,
                  "a",
                  {
                    "b": [
                      2
                    ]
                  }
                ]\
                """,
                Json.write(List.of(1, true, "a", Map.of("b", List.of(2)))));
    }

    @Test
    void writesEveryKindOfValueInOneLine() {
        assertEquals("{}", Json.line(Map.of()));
        assertEquals(
                "[1,true,\"a\\nb\",{\"b\":[2,[]]}]",
                Json.line(List.of(1, true, "a\nb", Map.of("b", List.of(2, List.of())))));
    }

    @Test
    void escapesWhatJsonDoesNotAllowInTexts() {
        assertEquals(
                "\"\\\" \\\\ \\n \\r \\t \\u0000 \\u001b / ü \\ud83c\\udfe1 \\ud83c\"",
                Json.write("\" \\ \n \r \t \0 \u001b / ü 🏡 \ud83c"));
    }
}
