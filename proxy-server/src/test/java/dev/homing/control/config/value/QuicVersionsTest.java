package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuicVersionsTest {

    private static final Kind<Integer> KIND = QuicVersions.version();

    @ParameterizedTest
    @CsvSource({
        "v1, 1, v1",
        "0x1, 1, v1",
        "0x00000001, 1, v1",
        "v2, 6b3343cf, v2",
        "0x6B3343cf, 6b3343cf, v2",
        "draft-29, ff00001d, draft-29",
        "0xff00001d, ff00001d, draft-29",
        "0xff000000, ff000000, 0xff000000",
        "0x709a50c4, 709a50c4, 0x709a50c4",
        "0x1a2a3a4a, 1a2a3a4a, 0x1a2a3a4a",
    })
    void readsNamesAndNumbers(String text, String hex, String printed) {
        int version = Integer.parseUnsignedInt(hex, 16);
        assertEquals(Parsed.good(version), KIND.read(text));
        assertEquals(printed, KIND.print(version));
        assertEquals(Parsed.good(version), KIND.read(printed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "v3", "V1", "draft-", "draft-100", "0x", "0x123456789", "1.0"})
    void refusesWhatIsNoVersion(String text) {
        assertEquals(
                Shown.value(text) + " is not a QUIC version",
                assertInstanceOf(Parsed.Bad.class, KIND.read(text)).what());
    }

    @Test
    void refusesTheNumberOfVersionNegotiation() {
        assertInstanceOf(Parsed.Bad.class, KIND.read("0x0"));
    }
}
