package dev.homing.control.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.homing.control.config.value.Parsed;
import dev.homing.ledger.DropReason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceWishTest {

    private static TraceWish good(Map<String, String> texts) {
        Parsed<TraceWish> parsed = TraceWish.of(texts);
        return assertInstanceOf(Parsed.Good.class, parsed, parsed::toString).value()
                        instanceof TraceWish wish
                ? wish
                : null;
    }

    @Test
    void nothingSaidIsOneInAThousandForTenSeconds() {
        assertEquals(
                new TraceWish(1000, 0, "", Set.of(), 1, Duration.ofSeconds(10), 128),
                good(Map.of()));
    }

    @Test
    void allOfItCanBeSaid() {
        assertEquals(
                new TraceWish(
                        64,
                        7,
                        "0767947d29be054a",
                        Set.of(DropReason.QUEUE_FULL, DropReason.NO_SESSION),
                        100,
                        Duration.ofMinutes(2),
                        1500),
                good(
                        Map.of(
                                "sample", "1/64",
                                "part", "7",
                                "cid", "07:67:94:7D:29:be:05:4a",
                                "drops", "queue_full,no-session",
                                "drop-sample", "1/100",
                                "duration", "2m",
                                "snap", "1500")));
    }

    @Test
    void whoAsksForDropsOrOneConnectionGetsNoSampleBesides() {
        assertEquals(0, good(Map.of("drops", "all")).oneIn());
        assertEquals(EnumSet.allOf(DropReason.class), good(Map.of("drops", "all")).drops());
        assertEquals(0, good(Map.of("cid", "ab")).oneIn());
        assertEquals(10, good(Map.of("cid", "ab", "sample", "1/10")).oneIn());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sample | 1000 | sample: \"1000\" is not one of so many. Write 1/1000 for one in a thousand; at most 1/1000000000.",
                "sample | 1/0 | sample: \"1/0\" is not one of so many. Write 1/1000 for one in a thousand; at most 1/1000000000.",
                "sample | 1/9999999999 | sample: \"1/9999999999\" is not one of so many. Write 1/1000 for one in a thousand; at most 1/1000000000.",
                "part | 1000 | part: 1000 is out of range. Give a whole number, 0 to 999.",
                "cid | abc | cid: \"abc\" is not a connection ID. Give 1 to 20 octets in hexadecimal: 0767947d29be054a.",
                "cid | 000000000000000000000000000000000000000000 | cid: \"000000000000000000000000000000000000000000\" is not a connection ID. Give 1 to 20 octets in hexadecimal: 0767947d29be054a.",
                "duration | 10 | duration: \"10\" has no unit. Write 10s if it means seconds.",
                "duration | 2h | duration: \"2h\" is too long. Give at most 1h.",
                "snap | 10 | snap: 10 is out of range. Give a whole number, 64 to 65535.",
                "smaple | 1/10 | nothing here is called \"smaple\". Did you mean sample? Give some of sample, part, cid, drops, drop-sample, duration, snap."
            })
    void saysWhatIsWrongAndWhatWouldBeRight(String name, String text, String sentence) {
        Parsed<TraceWish> parsed = TraceWish.of(Map.of(name, text));

        assertEquals(
                sentence,
                parsed instanceof Parsed.Bad<TraceWish>(String what, String remedy)
                        ? what + ". " + remedy
                        : parsed.toString());
    }

    @Test
    void suggestsTheDropReasonThatWasMeant() {
        Parsed<TraceWish> parsed = TraceWish.of(Map.of("drops", "queue_ful"));

        Parsed.Bad<?> bad = assertInstanceOf(Parsed.Bad.class, parsed);
        assertEquals("drops: \"queue_ful\" is not a drop reason", bad.what());
        assertEquals(
                "Did you mean queue_full? Give all, or some of empty,",
                bad.remedy().substring(0, 52));
    }
}
