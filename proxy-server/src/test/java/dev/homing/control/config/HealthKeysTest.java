package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.health.HealthSettings;
import dev.homing.control.config.health.ProbeMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How backends are watched, as it is written.
final class HealthKeysTest {

    private static final String ALL =
            """
            listeners: [{address: '127.0.0.1:4433', pool: web}]
            pools:
              web:
                health:
                  probe: version-negotiation
                  interval: 2s
                  timeout: 500ms
                  rise: 4
                  fall: 5
                  panic-threshold: 30
                slow-start: 1m
                backends: [{address: '10.0.0.1:443'}]
              api:
                health: {probe: always-up}
                backends: [{address: '10.0.0.1:443'}, {address: '10.0.0.2:443'}]
            """;

    @TempDir Path folder;

    @Test
    void readsHowEachPoolIsWatched() {
        Configuration configuration = Loading.of(folder, ALL).accepted();
        assertEquals(
                new HealthSettings(
                        ProbeMode.VERSION_NEGOTIATION,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        4,
                        5,
                        30,
                        Duration.ofMinutes(1)),
                configuration.pools().getFirst().health());
        assertEquals(ProbeMode.ALWAYS_UP, configuration.pools().get(1).health().probe());
    }

    @Test
    void asksWhoNeverAnsweredWithoutBelievingItDownByDefault() {
        assertEquals(
                HealthSettings.STANDARD, Loading.minimal().accepted().pools().getFirst().health());
        assertEquals(ProbeMode.AUTO, HealthSettings.STANDARD.probe());
    }

    @Test
    void warnsOfAnAddressThatTwoPoolsWatchInDifferentWays() {
        List<String> warnings = Loading.of(folder, ALL).warnings();
        assertTrue(
                warnings.stream()
                        .anyMatch(warning ->
                                warning.contains(
                                        "10.0.0.1:443 is in pool web too, with other health settings")),
                warnings::toString);
    }

    @Test
    void refusesAProbeThatOutlastsTheIntervalAndStatesThatOnlyHealthKnows() {
        List<String> problems =
                Loading.minimal()
                        .set("pools.default.health.interval=1s")
                        .set("pools.default.health.timeout=2s")
                        .set("pools.default.backends.0.state=down")
                        .problems();
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(
                problems.stream()
                        .anyMatch(problem ->
                                problem.contains(
                                        "2s is longer than pools.default.health.interval, 1s")),
                problems::toString);
        assertTrue(
                problems.stream()
                        .anyMatch(problem -> problem.contains("not one of active, draining")),
                problems::toString);
    }

    @Test
    void needsNoRestart() {
        Configuration before = Loading.minimal().accepted();
        Configuration after =
                Loading.minimal()
                        .set("pools.default.health.probe=always-up")
                        .set("pools.default.slow-start=30s")
                        .accepted();
        assertEquals(List.of(), Restart.keysChanged(before, after));
    }
}
