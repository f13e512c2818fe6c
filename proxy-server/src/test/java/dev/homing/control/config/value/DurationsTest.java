package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationsTest {

    private static final Kind<Duration> KIND =
            Durations.between(Duration.ofMillis(100), Duration.ofHours(24));

    @ParameterizedTest
    @CsvSource({
        "100ms, 100, 100ms",
        "10s, 10000, 10s",
        "2m, 120000, 2m",
        "120s, 120000, 2m",
        "90s, 90000, 1m30s",
        "1h30m, 5400000, 1h30m",
        "1500ms, 1500, 1s500ms",
        "24h, 86400000, 24h",
    })
    void readsAndPrintsWhatPeopleWrite(String text, long millis, String printed) {
        Duration duration = Read.good(KIND, text);

        assertEquals(Duration.ofMillis(millis), duration);
        assertEquals(printed, KIND.print(duration));
        assertEquals(duration, Read.good(KIND, printed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 | \"30\" has no unit. Write 30s if it means seconds.",
                "99ms | \"99ms\" is too short. Give at least 100ms.",
                "0s | \"0s\" is too short. Give at least 100ms.",
                "25h | \"25h\" is too long. Give at most 24h.",
                "999999999999h999999999999m999999999999s999999999999ms"
                        + " | \"999999999999h999999999999m999999999999s999999999999ms\" is too long. Give at most 24h.",
            })
    void refusesWhatHasNoUnitOrIsOutOfBounds(String text, String sentence) {
        assertEquals(sentence, Read.bad(KIND, text));
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "s",
        "1.5s",
        "-1s",
        "10 s",
        "2min",
        "1s1m",
        "1s1s",
        "PT2M",
        "1d",
        "1234567890123s"
    })
    void refusesWhatIsNoDuration(String text) {
        assertEquals(
                "\""
                        + text
                        + "\" is not a duration. Give whole numbers with h, m, s or ms: 10s, 2m, 1h30m, 500ms.",
                Read.bad(KIND, text));
    }

    @ParameterizedTest
    @CsvSource({"off, 0, off", "1us, 1000, 1us", "50us, 50000, 50us", "10000us, 10000000, 10000us"})
    void readsMicrosecondsAndTheirAbsence(String text, long nanos, String printed) {
        Kind<Duration> kind = Durations.offOrMicroseconds(1, 10_000);

        assertEquals(Parsed.good(Duration.ofNanos(nanos)), kind.read(text));
        assertEquals(printed, kind.print(Duration.ofNanos(nanos)));
    }

    @ParameterizedTest
    @CsvSource({
        "50, is not a time in microseconds",
        "50ms, is not a time in microseconds",
        "-1us, is not a time in microseconds",
        "0us, is out of range",
        "10001us, is out of range",
    })
    void refusesOtherTimesThanMicroseconds(String text, String what) {
        assertEquals(
                Parsed.bad(Shown.value(text) + " " + what, "Give off, or 1us to 10000us."),
                Durations.offOrMicroseconds(1, 10_000).read(text));
    }
}
