package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, '', 3",
        "kitten, sitting, 3",
        "recieve, receive, 1",
        "shards, shard, 1",
        "ab, ba, 1",
    })
    void countsSlips(String from, String to, int distance) {
        assertEquals(distance, Suggestion.distance(from, to));
        assertEquals(distance, Suggestion.distance(to, from));
    }

    @Test
    void findsTheNearestWord() {
        List<String> words = List.of("receivers", "shards", "max");

        assertEquals(Optional.of("receivers"), Suggestion.nearest("recievers", words));
        assertEquals(Optional.of("shards"), Suggestion.nearest("shard", words));
        assertEquals(Optional.of("max"), Suggestion.nearest("mx", words));
        assertEquals(Optional.empty(), Suggestion.nearest("colour", words));
        assertEquals(Optional.empty(), Suggestion.nearest("", words));
    }
}
