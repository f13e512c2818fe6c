package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is printed reads back.
final class RoundTripTest {

    private static final String KEY = "00112233445566778899aabbccddeeff";

    @TempDir Path folder;

    private static final String EVERYTHING =
            """
            listeners:
              - address: "[::1]:4433"
                pool: "0"
              - address: 0.0.0.0:5000-5003
                pool: web-eu
              - address: 127.0.0.1:0
                pool: web-eu
            pools:
              "0":
                backends:
                  - address: dual.example:443
                    weight: 3
                  - name: "[::1]:44"
                    address: "[2001:db8::7]:44"
              web-eu:
                balance: flow
                connection-id-length: 0
                backends:
                  - name: null-1
                    address: 10.0.0.1:1
                    weight: 0
                    state: draining
            threads:
              receivers: 0
              shards: 3
              cpus: 7,2-3
            queues:
              capacity: 64
            sessions:
              max: 1000
              half-open-max: 10
              idle-timeout: 1h30m
              half-open-timeout: 1500ms
              aliases-max: 0
            connection-ids:
              max: 5
            sockets:
              receive-buffer: 100000
              send-buffer: 8MiB
              trains: false
              busy-poll: 50us
              backend-ports-max: 7
              source-addresses: [10.200.0.0/16, "fd00::/64"]
            limits:
              new-connections-per-second: 1000000
              backend-new-connections-per-second: 2
              address-new-connections-per-second: 3
              network-new-connections-per-second: 4
              ipv4-network-bits: 22
              ipv6-network-bits: 48
              burst: 2s
              check-first-packets: false
              versions: [v1, v2, draft-29, "0x1a2b3c4d"]
            admin:
              address: off
            stop:
              drain-timeout: 0s
            log:
              format: json
              level: debug
            """;

    private Loading everything(String more) {
        return Loading.of(folder, EVERYTHING + more)
                .network(
                        new TestNetwork(
                                Map.of("dual.example", List.of("192.0.2.10", "fd00::1")),
                                Set.of()));
    }

    @Test
    void readsBackToAnEqualConfiguration() {
        Configuration presets = Loading.minimal().accepted();
        assertEquals(presets, Loading.of(folder, presets.toYaml()).accepted());

        Configuration all = everything("").accepted();
        assertEquals(all, Loading.of(folder, all.toYaml()).accepted(), all::toYaml);
    }

    @Test
    void readsBackAHashKeyThatHasAFileOfItsOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), KEY);
        Configuration configuration = everything("hash-key-file: " + file + "\n").accepted();

        assertEquals(configuration, Loading.of(folder, configuration.toYaml()).accepted());
    }

    @Test
    void showsAMaskForTheHashKeyAndRefusesItUntilTheKeyIsPutBack() {
        Configuration configuration = everything("hash-key: " + KEY + "\n").accepted();
        String yaml = configuration.toYaml();

        assertFalse(yaml.contains(KEY), yaml);
        assertFalse(configuration.toString().contains(KEY), configuration::toString);
        assertTrue(
                Loading.of(folder, yaml)
                        .problems()
                        .getFirst()
                        .contains("hash-key: holds the mask that print-config shows"));
        assertEquals(
                configuration,
                Loading.of(folder, yaml).environment("HOMING_HASH_KEY", KEY).accepted());
    }

    @Test
    void printsEveryKeyOfTheSchema() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), KEY);
        List<String> missing = new ArrayList<>();

        collectMissing(
                Schema.ROOT,
                ConfigurationText.values(everything("hash-key: " + KEY + "\n").accepted()),
                "",
                missing);
        // What a file of addresses lists is printed among the backends.
        assertEquals(
                List.of(".pools.backends-file", ".pools.backends-file", ".hash-key-file"), missing);

        missing.clear();
        collectMissing(
                Schema.ROOT,
                ConfigurationText.values(everything("hash-key-file: " + file + "\n").accepted()),
                "",
                missing);
        assertEquals(List.of(".pools.backends-file", ".pools.backends-file", ".hash-key"), missing);
    }

    private static void collectMissing(Key key, Object value, String path, List<String> missing) {
        switch (key) {
            case Key.Setting<?> setting ->
                    assertTrue(
                            value instanceof String
                                    || value instanceof Integer
                                    || value instanceof Boolean,
                            path);
            case Key.Section section -> {
                Map<?, ?> values = (Map<?, ?>) value;
                for (Key child : section.keys()) {
                    if (values.containsKey(child.name())) {
                        collectMissing(
                                child,
                                values.get(child.name()),
                                path + "." + child.name(),
                                missing);
                    } else {
                        missing.add(path + "." + child.name());
                    }
                }
            }
            case Key.ListOf<?> list ->
                    ((List<?>) value)
                            .forEach(item -> collectMissing(list.element(), item, path, missing));
            case Key.MapOf map ->
                    ((Map<?, ?>) value)
                            .values()
                            .forEach(item -> collectMissing(map.element(), item, path, missing));
        }
    }

    @Test
    void printsAddressesNamesAndUnitsPlainly() {
        assertEquals(
                """
                listeners:
                  - address: 127.0.0.1:4433
                    pool: default
                    steering: flow
                pools:
                  default:
                    balance: connection-id
                    connection-id-length: learned
                    cid-scheme: learned
                    cid-configs: []
                    server-id-mappings: []
                    health:
                      probe: auto
                      interval: 5s
                      timeout: 1s
                      rise: 2
                      fall: 3
                      panic-threshold: 50
                    slow-start: 0s
                    backends:
                      - name: 10.0.0.1:443
                        address: 10.0.0.1:443
                        weight: 1
                        state: active
                threads:
                  receivers: auto
                  shards: auto
                  cpus: any
                queues:
                  capacity: 4096
                sessions:
                  max: 1048576
                  half-open-max: 65536
                  idle-timeout: 2m
                  half-open-timeout: 10s
                  aliases-max: 8
                connection-ids:
                  max: 2097152
                sockets:
                  receive-buffer: 4MiB
                  send-buffer: 4MiB
                  trains: true
                  busy-poll: off
                  backend-ports-max: auto
                  source-addresses: []
                limits:
                  new-connections-per-second: off
                  backend-new-connections-per-second: off
                  address-new-connections-per-second: off
                  network-new-connections-per-second: off
                  ipv4-network-bits: 24
                  ipv6-network-bits: 56
                  burst: 1s
                  check-first-packets: true
                  versions: []
                admin:
                  address: 127.0.0.1:9090
                  names: []
                stop:
                  drain-timeout: 30s
                reload:
                  watch: true
                log:
                  format: auto
                  level: info
                """,
                Loading.minimal().accepted().toYaml());
    }
}
