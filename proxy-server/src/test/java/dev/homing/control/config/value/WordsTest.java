package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.route.Balance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WordsTest {

    private static final Kind<Balance> BALANCE = Words.oneOf(List.of(Balance.values()));

    @Test
    void readsAndPrintsConstantsWithDashes() {
        assertEquals(Balance.CONNECTION_ID, Read.good(BALANCE, "connection-id"));
        assertEquals("connection-id", BALANCE.print(Balance.CONNECTION_ID));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flwo | \"flwo\" is not one of connection-id, flow. Did you mean flow? Give one of connection-id, flow.",
                "Flow | \"Flow\" is not one of connection-id, flow. Did you mean flow? Give one of connection-id, flow.",
                "connection_id | \"connection_id\" is not one of connection-id, flow. Did you mean connection-id? Give one of connection-id, flow.",
                "random | \"random\" is not one of connection-id, flow. Give one of connection-id, flow.",
            })
    void suggestsTheWordThatWasMeant(String text, String sentence) {
        assertEquals(sentence, Read.bad(BALANCE, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "web-eu", "web_eu", "web.eu", "0", "A"})
    void acceptsPoolNames(String name) {
        assertEquals(name, Read.good(Words.poolName(), name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-web",
                "we b",
                "web/1",
                "wéb",
                "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcd"
            })
    void refusesNamesThatMetricsAndTheEnvironmentCannotCarry(String name) {
        Read.bad(Words.poolName(), name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web/1",
                "10.0.0.1:4433",
                "[::1]:4433",
                "web.example:4433/12",
                "[fe80::1%eth0]:1"
            })
    void acceptsAddressesAsNamesOfBackends(String name) {
        assertEquals(name, Read.good(Words.backendName(), name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a=b", "a,b", "\"a\"", "a\nb"})
    void refusesNamesOfBackendsThatLogsCannotCarry(String name) {
        Read.bad(Words.backendName(), name);
    }
}
