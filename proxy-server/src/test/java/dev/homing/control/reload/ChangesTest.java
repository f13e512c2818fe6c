package dev.homing.control.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.source.Where;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChangesTest {

    private static Configuration configuration(List<String> sets, String... backends) {
        Sources sources =
                new Sources(
                        Optional.empty(),
                        Map.of(),
                        List.of("127.0.0.1:4433"),
                        List.of(backends),
                        List.of(),
                        sets);
        return switch (new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                .load(sources)) {
            case Outcome.Accepted accepted -> accepted.configuration();
            case Outcome.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    @Test
    void namesEachKeyThatIsDifferentByTheNamesOfWhatItStandsIn() {
        Configuration old = configuration(List.of(), "a=10.0.0.1:443", "b=10.0.0.2:443,weight=2");
        Configuration changed =
                configuration(
                        List.of("stop.drain-timeout=1m"),
                        "b=10.0.0.2:443,weight=5",
                        "c=10.0.0.3:443");

        assertEquals(
                List.of(
                        "pools.default.backends.a.address: removed, was 10.0.0.1:443",
                        "pools.default.backends.a.name: removed, was a",
                        "pools.default.backends.a.state: removed, was active",
                        "pools.default.backends.a.weight: removed, was 1",
                        "pools.default.backends.b.weight: 2 → 5",
                        "pools.default.backends.c.address: 10.0.0.3:443",
                        "pools.default.backends.c.name: c",
                        "pools.default.backends.c.state: active",
                        "pools.default.backends.c.weight: 1",
                        "stop.drain-timeout: 30s → 1m"),
                Changes.between(old, changed));
        assertEquals(List.of(), Changes.between(old, old));
    }

    @Test
    void tellsOfAnotherSecretWithoutIt() {
        String first = "00112233445566778899aabbccddeeff";
        Configuration old = configuration(List.of("hash-key=" + first), "a=10.0.0.1:443");
        Configuration changed =
                configuration(List.of("hash-key=" + first.replace('0', '9')), "a=10.0.0.1:443");

        assertEquals(List.of("a secret, or the order of something"), Changes.between(old, changed));
        assertEquals(Changes.hash(old), Changes.hash(changed), "the hash is public");
    }

    @Test
    void countsWhatNobodyCanRead() {
        String[] many =
                IntStream.range(0, 100)
                        .mapToObj(i -> "b" + i + "=10.0.1." + i + ":443")
                        .toArray(String[]::new);

        List<String> changes =
                Changes.between(
                        configuration(List.of(), "a=10.0.0.1:443"), configuration(List.of(), many));

        assertEquals(201, changes.size());
        assertEquals("and 204 more", changes.getLast());
    }

    @Test
    void theHashIsTheSameForTheSameConfigurationOnly() {
        Configuration one = configuration(List.of(), "a=10.0.0.1:443");

        assertTrue(Changes.hash(one).matches("[0-9a-f]{16}"));
        assertEquals(Changes.hash(one), Changes.hash(configuration(List.of(), "a=10.0.0.1:443")));
        assertNotEquals(
                Changes.hash(one), Changes.hash(configuration(List.of(), "a=10.0.0.2:443")));
    }

    @Test
    void theHistoryRemembersSinceWhenItIsRefusedUntilItIsGoodAgain() {
        List<Instant> times = new ArrayList<>();
        IntStream.range(0, 10).forEach(i -> times.add(Instant.ofEpochSecond(1000 + i)));
        Clock clock =
                new Clock() {
                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return times.removeFirst();
                    }
                };
        ReloadHistory history = new ReloadHistory(clock, "one");
        ReloadResult refused =
                new ReloadResult.Refused(
                        List.of(new Problem(new Where.Nowhere(), "key", "is wrong", "Correct it.")),
                        List.of());

        history.note(refused, Trigger.HUP, "one");
        history.note(refused, Trigger.HUP, "one");
        ReloadHistory.State bad = history.state();
        history.note(new ReloadResult.Unchanged(List.of()), Trigger.HUP, "one");
        history.note(new ReloadResult.Applied(List.of("x"), 7, List.of()), Trigger.HUP, "two");

        assertEquals(
                Optional.of(
                        new ReloadHistory.Refusal(
                                Instant.ofEpochSecond(1001),
                                Trigger.HUP,
                                1,
                                "configuration: key: is wrong. Correct it.")),
                bad.refusal());
        assertEquals(Instant.ofEpochSecond(1000), bad.lastGood());
        assertEquals(
                new ReloadHistory.State(
                        1, 1, 2, "two", Instant.ofEpochSecond(1004), Optional.empty()),
                history.state());
    }
}
