package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Warning;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is written, the answer is a configuration that reads back or a list of problems, and
/// never an exception.
final class SlipsTest {

    private static final String YAML =
            """
            listeners:
              - address: "[::1]:4433"
                pool: a
              - address: 0.0.0.0:5000-5003
                pool: web-eu
            pools:
              a:
                backends: &servers
                  - address: dual.example:443
                    weight: 3
              web-eu:
                balance: flow
                connection-id-length: 8
                backends: *servers
            threads: {receivers: 0, shards: 3}
            queues:
              capacity: 64
            sessions:
              idle-timeout: 1h30m
            sockets:
              receive-buffer: 8MiB
              source-addresses: [10.200.0.0/16, "fd00::/64"]
            hash-key: 00112233445566778899aabbccddeeff
            admin:
              address: off
            log: {format: json}
            """;

    private static final String INSERTS = "\n \t:-[]{}&*!|>'\"%@`#,?0az\0\u001b\u2028\ud83c\ufeff";

    private static final TestNetwork NETWORK =
            new TestNetwork(Map.of("dual.example", List.of("192.0.2.10", "fd00::1")), Set.of());

    @TempDir Path folder;

    @Test
    void acceptsTheTextItself() {
        check(YAML);
        Loading.of(folder, YAML).network(NETWORK).accepted();
    }

    @Test
    void answersEveryPrefix() {
        for (int length = 0; length < YAML.length(); length++) {
            check(YAML.substring(0, length));
        }
    }

    @Test
    void answersTextsWithRandomSlips() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 600; round++) {
            StringBuilder text = new StringBuilder(YAML);
            for (int slips = random.nextInt(1, 4); slips > 0; slips--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, INSERTS.charAt(random.nextInt(INSERTS.length())));
                    case 2 -> text.setCharAt(at, INSERTS.charAt(random.nextInt(INSERTS.length())));
                    default -> {
                        int from = random.nextInt(text.length());
                        int to = Math.min(text.length(), from + random.nextInt(20));
                        text.insert(at, text.substring(from, to));
                    }
                }
            }
            check(text.toString());
        }
    }

    @Test
    void answersVariablesAndOptionsWithRandomNames() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> words =
                List.of(
                        "LISTENERS",
                        "POOLS",
                        "A",
                        "WEB",
                        "EU",
                        "BACKENDS",
                        "ADDRESS",
                        "0",
                        "1",
                        "99999999999",
                        "HASH",
                        "KEY",
                        "FILE",
                        "",
                        "SESSIONS",
                        "MAX",
                        "_",
                        "ü");
        for (int round = 0; round < 300; round++) {
            StringBuilder name = new StringBuilder();
            for (int parts = random.nextInt(1, 7); parts > 0; parts--) {
                name.append('_').append(words.get(random.nextInt(words.size())));
            }
            String dotted = name.substring(1).replace('_', '.').toLowerCase(Locale.ROOT);
            check(
                    Loading.of(folder, YAML)
                            .network(NETWORK)
                            .environment("HOMING" + name, "8")
                            .set(dotted + "=8"));
        }
    }

    private void check(String text) {
        // A lone surrogate cannot be written to a file.
        check(Loading.of(folder, text.replaceAll("\\p{Cs}", "?")).network(NETWORK));
    }

    private void check(Loading loading) {
        switch (loading.outcome()) {
            case Outcome.Accepted(Configuration configuration, List<Warning> warnings, _, _) -> {
                Configuration again =
                        Loading.of(
                                        folder,
                                        configuration.toYaml().replace("********", "0".repeat(32)))
                                .network(NETWORK)
                                .accepted();
                assertEquals(configuration.pools(), again.pools());
                assertEquals(configuration.listeners(), again.listeners());
            }
            case Outcome.Refused(List<Problem> problems, List<Warning> warnings, _) -> {
                assertFalse(problems.isEmpty());
                for (Problem problem : problems) {
                    assertTrue(problem.toString().lines().count() == 1, problem::toString);
                    assertTrue(
                            problem.remedy().endsWith(".")
                                    || problem.remedy().endsWith("?")
                                    || problem.remedy().endsWith("…"),
                            problem::toString);
                }
            }
        }
    }
}
