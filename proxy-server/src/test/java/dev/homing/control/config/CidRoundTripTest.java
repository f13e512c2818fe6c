package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.schema.CidSchema;
import dev.homing.control.config.value.CidSchemeName;
import dev.homing.control.config.value.Words;
import dev.homing.control.routing.RoutingTables;
import dev.homing.route.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is printed of a pool's connection IDs reads back, for each scheme with all that it can
/// have.
final class CidRoundTripTest {

    private static final String KEY = "8f95f09245765f80256934e50c66207f";

    @TempDir Path folder;

    private final Map<CidSchemeName, String> full = new EnumMap<>(CidSchemeName.class);

    @BeforeEach
    void writeFiles() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), KEY);
        Path secret =
                Files.writeString(folder.resolve("secret"), "40000000" + "ab".repeat(64) + "\n");
        Path other =
                Files.writeString(folder.resolve("other"), "60000000" + "cd".repeat(64) + "\n");
        full.put(CidSchemeName.LEARNED, "");
        full.put(
                CidSchemeName.QUIC_LB,
                """
                cid-configs:
                  - config-rotation-bits: 0
                    server-id-length: 3
                    nonce-length: 4
                    first-octet-encodes-cid-length: true
                    server-id-mappings:
                      - {server-id: "010000", backend: a}
                      - {server-id: "01:00:01", backend: a}
                      - {server-id: "0x010002", backend: b}
                      - {server-id: "010003", backend: c}
                  - config-rotation-bits: 1
                    server-id-length: 3
                    nonce-length: 13
                    cid-key-file: %s
                  - config-rotation-bits: 6
                    server-id-length: 15
                    nonce-length: 4
                    server-id-mappings:
                      - {server-id: "0102030405060708090a0b0c0d0e0f", backend: c}
                server-id-mappings:
                  - {server-id: "000001", backend: a}
                  - {server-id: "000002", backend: b}
                  - {server-id: "000003", backend: c}
                """
                        .formatted(key));
        full.put(
                CidSchemeName.ENVOY,
                """
                cid-configs:
                  - config-rotation-bits: 2
                    server-id-length: 8
                    nonce-length: 7
                    first-octet-encodes-cid-length: true
                  - config-rotation-bits: 3
                    server-id-length: 4
                    nonce-length: 14
                    cid-key-file: %s
                    server-id-mappings:
                      - {server-id: "00000001", backend: a}
                server-id-mappings:
                  - {server-id: "0000000000000001", backend: a}
                  - {server-id: "0000000000000002", backend: b}
                  - {server-id: "0000000000000003", backend: c}
                """
                        .formatted(key));
        full.put(
                CidSchemeName.NGHTTPX,
                """
                cid-configs:
                  - {server-id-length: 4, cid-key-file: %s}
                  - server-id-length: 8
                    cid-key-file: %s
                    server-id-mappings:
                      - {server-id: "0000000100010001", backend: a}
                server-id-mappings:
                  - {server-id: "00000001", backend: a}
                  - {server-id: "00000002", backend: b}
                  - {server-id: "00000003", backend: c}
                """
                        .formatted(secret, other));
        full.put(
                CidSchemeName.AWS_NLB,
                """
                connection-id-length: 16
                server-id-mappings:
                  - {server-id: "0000000000000001", backend: a}
                  - {server-id: "0000000000000002", backend: b}
                  - {server-id: "0000000000000003", backend: c}
                """);
        String fourOctets =
                """
                server-id-mappings:
                  - {server-id: "00000001", backend: a}
                  - {server-id: "00000002", backend: b}
                  - {server-id: "ffffffff", backend: c}
                """;
        full.put(CidSchemeName.MVFST, fourOctets);
        full.put(CidSchemeName.MSQUIC_IP, "");
        full.put(CidSchemeName.MSQUIC_FIXED, fourOctets);
    }

    private Configuration read(CidSchemeName scheme) {
        Loading loading =
                CidPool.of(folder, "cid-scheme: " + Words.print(scheme) + "\n" + full.get(scheme));
        assertEquals(List.of(), loading.warnings());
        return loading.accepted();
    }

    @ParameterizedTest
    @EnumSource
    void readsBackToAnEqualConfiguration(CidSchemeName scheme) {
        Configuration configuration = read(scheme);
        assertEquals(scheme, configuration.pools().getFirst().cids().scheme());

        Configuration again = Loading.of(folder, configuration.toYaml()).accepted();
        assertEquals(configuration, again, configuration::toYaml);
        assertEquals(configuration.toYaml(), again.toYaml());
    }

    @ParameterizedTest
    @EnumSource
    void makesARoutingTable(CidSchemeName scheme) {
        Pool pool = new RoutingTables().of(read(scheme)).pools().getFirst();

        assertEquals(scheme == CidSchemeName.LEARNED, pool.cidScheme() == null);
    }

    @Test
    void printsWithTheKeysOfTheSchema() {
        String yaml = read(CidSchemeName.QUIC_LB).toYaml();

        assertTrue(
                yaml.contains(
                        """
                            cid-scheme: quic-lb
                            cid-configs:
                              - config-rotation-bits: 0
                                server-id-length: 3
                                nonce-length: 4
                                first-octet-encodes-cid-length: true
                                server-id-mappings:
                                  - server-id: 010000
                                    backend: a
                                  - server-id: 010001
                                    backend: a
                                  - server-id: 010002
                                    backend: b
                                  - server-id: 010003
                                    backend: c
                              - config-rotation-bits: 1
                                server-id-length: 3
                                nonce-length: 13
                                cid-key-file: %s
                                first-octet-encodes-cid-length: false
                                server-id-mappings: []
                        """
                                .formatted(folder.resolve("key"))),
                yaml);
    }

    @Test
    void printsEveryKeyThatAConfigurationCanHave() {
        String all = read(CidSchemeName.QUIC_LB).toYaml();
        CidSchema.CONFIGS.element().keys().stream()
                .filter(key -> !key.equals(CidSchema.CID_KEY))
                .forEach(key -> assertTrue(all.contains(key.name() + ": "), key.name()));
    }
}
