package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What can be wrong with a pool's connection IDs, each with its place, key and remedy. Keys and
/// secrets are [CidKeysTest]'s.
final class CidProblemsTest {

    private static final String MAPPINGS =
            """
            server-id-mappings:
              - {server-id: "000001", backend: a}
              - {server-id: "000002", backend: b}
              - {server-id: "000003", backend: c}
            """;

    @TempDir Path folder;

    private List<String> problems(String cids) {
        return CidPool.of(folder, cids).problems();
    }

    private List<String> warnings(String cids) {
        return CidPool.of(folder, cids).warnings();
    }

    @Test
    void takesAnUnknownSchemeForOneProblemAndNotForManyMore() {
        assertEquals(
                List.of(
                        "yaml:8:17: pools.web.cid-scheme: \"quiclb\" is not one of learned, quic-lb, envoy, nghttpx, aws-nlb,"
                                + " mvfst, msquic-ip, msquic-fixed. Did you mean quic-lb? Give one of learned, quic-lb, envoy,"
                                + " nghttpx, aws-nlb, mvfst, msquic-ip, msquic-fixed.",
                        "yaml:10:9: pools.web.cid-configs.0.nonce-lenght: is not a known key. Did you mean nonce-length?"),
                problems(
                        """
                        cid-scheme: quiclb
                        cid-configs:
                          - nonce-lenght: 4
                        """
                                + MAPPINGS));
    }

    @ParameterizedTest
    @CsvSource({"quic-lb", "envoy", "nghttpx"})
    void asksForConfigurations(String scheme) {
        assertEquals(
                List.of(
                        "yaml:4:5: pools.web.cid-configs: there is no configuration, and cid-scheme is "
                                + scheme
                                + ". Give at least one with server-id-length."),
                problems("cid-scheme: " + scheme));
        assertEquals(
                List.of(
                        "yaml:9:18: pools.web.cid-configs: has the value \"none\" where a list belongs."
                                + " Begin each entry with a dash: - …"),
                problems("cid-scheme: " + scheme + "\ncid-configs: none\n"));
    }

    @ParameterizedTest
    @CsvSource({"aws-nlb", "mvfst", "msquic-fixed"})
    void asksForServerIds(String scheme) {
        assertEquals(
                List.of(
                        "yaml:4:5: pools.web.server-id-mappings: there is no server ID, and cid-scheme is "
                                + scheme
                                + ". Give the server ID of each backend."),
                problems("cid-scheme: " + scheme));
        assertEquals(
                List.of(
                        "yaml:9:25: pools.web.server-id-mappings: has a section where a list belongs."
                                + " Begin each entry with a dash: - …"),
                problems("cid-scheme: " + scheme + "\nserver-id-mappings: {a: \"01\"}\n"));
    }

    @ParameterizedTest
    @CsvSource({"learned", "aws-nlb", "mvfst", "msquic-ip", "msquic-fixed"})
    void refusesConfigurationsWhereASchemeHasNone(String scheme) {
        List<String> problems =
                problems(
                        """
                        cid-scheme: %s
                        cid-configs:
                          - config-rotation-bits: 0
                            server-id-length: 3
                            nonce-length: 4
                            server-id-mappings: [{server-id: "000001", backend: a}]
                        """
                                .formatted(scheme));

        assertEquals(
                "yaml:10:7: pools.web.cid-configs: does not belong to cid-scheme "
                        + scheme
                        + ". Set cid-scheme to quic-lb, envoy or nghttpx, or remove it.",
                problems.getLast());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "learned | Set cid-scheme, or remove it.",
                "msquic-ip | Remove it: the servers' addresses are their server IDs.",
            })
    void refusesServerIdsWhereASchemeHasNone(String scheme, String remedy) {
        assertEquals(
                List.of(
                        "yaml:10:7: pools.web.server-id-mappings: does not belong to cid-scheme "
                                + scheme
                                + ". "
                                + remedy),
                problems("cid-scheme: " + scheme + "\n" + MAPPINGS));
    }

    @Test
    void asksForTheNumbersOfAConfiguration() {
        assertEquals(
                List.of(
                        "yaml:10:9: pools.web.cid-configs.0.server-id-length: is missing. Give a whole number, 1 to 15.",
                        "yaml:10:9: pools.web.cid-configs.0.config-rotation-bits: is missing. Give a whole number, 0 to 6.",
                        "yaml:10:9: pools.web.cid-configs.0.nonce-length: is missing. Give a whole number, 4 to 18.",
                        "yaml:11:31: pools.web.cid-configs.1.config-rotation-bits: 7 is out of range. Give a whole number, 0 to 6.",
                        "yaml:12:27: pools.web.cid-configs.1.server-id-length: 16 is out of range. Give a whole number, 1 to 15.",
                        "yaml:13:23: pools.web.cid-configs.1.nonce-length: 3 is out of range. Give a whole number, 4 to 18.",
                        "yaml:14:41: pools.web.cid-configs.1.first-octet-encodes-cid-length: \"yes\" is neither true nor false."
                                + " Write true or false."),
                problems(
                        """
                        cid-scheme: quic-lb
                        cid-configs:
                          - {}
                          - config-rotation-bits: 7
                            server-id-length: 16
                            nonce-length: 3
                            first-octet-encodes-cid-length: yes
                        """
                                + MAPPINGS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quic-lb | 3 | 17 | 17 with a server-id-length of 3 makes 20 octets, but there is room for 19",
                "envoy | 3 | 16 | 16 with a server-id-length of 3 makes 19 octets, but Envoy's worker octet leaves room for 18",
                "envoy | 3 | 17 | 17 is not within 4..16",
            })
    void refusesServerIdAndNonceThatDoNotFitTogether(
            String scheme, int serverIdLength, int nonceLength, String what) {
        assertEquals(
                List.of(
                        "yaml:10:70: pools.web.cid-configs.0.nonce-length: "
                                + what
                                + ". Shorten the server ID or the nonce."),
                problems(
                        """
                        cid-scheme: %s
                        cid-configs:
                          - {config-rotation-bits: 0, server-id-length: %d, nonce-length: %d}
                        """
                                        .formatted(scheme, serverIdLength, nonceLength)
                                + MAPPINGS));
    }

    @Test
    void refusesWhatContradictsEnvoy() {
        assertEquals(
                List.of(
                        "yaml:13:41: pools.web.cid-configs.0.first-octet-encodes-cid-length: is false, but Envoy always encodes"
                                + " the length. Remove it."),
                problems(
                        """
                        cid-scheme: envoy
                        cid-configs:
                          - config-rotation-bits: 0
                            server-id-length: 3
                            nonce-length: 4
                            first-octet-encodes-cid-length: false
                        """
                                + MAPPINGS));
    }

    @Test
    void tellsConfigurationsApartByTheirRotationBits() {
        assertEquals(
                List.of(
                        "yaml:11:32: pools.web.cid-configs.1.config-rotation-bits: config-rotation-bits 2 are those of the entry at"
                                + " yaml:10:9 too. Give each configuration rotation bits of its own."),
                problems(
                        """
                        cid-scheme: quic-lb
                        cid-configs:
                          - {config-rotation-bits: 2, server-id-length: 3, nonce-length: 4}
                          - {config-rotation-bits: 2, server-id-length: 3, nonce-length: 5}
                        """
                                + MAPPINGS));

        String eight =
                IntStream.range(0, 8)
                        .mapToObj(i ->
                                "  - {config-rotation-bits: %d, server-id-length: 3, nonce-length: 4}\n"
                                        .formatted(i % 7))
                        .collect(Collectors.joining());
        assertEquals(
                "yaml:10:7: pools.web.cid-configs: 8 configurations are too many."
                        + " Keep to 7: the rotation bits tell no more apart.",
                problems("cid-scheme: quic-lb\ncid-configs:\n" + eight + MAPPINGS).getFirst());
    }

    @Test
    void refusesServerIdsThatCannotBeRead() {
        assertEquals(
                List.of(
                        "yaml:12:9: pools.web.server-id-mappings.0.server-id: is missing. Give 1 to 15 octets in hexadecimal, such as 31441a.",
                        "yaml:13:21: pools.web.server-id-mappings.1.server-id: \"12345\" is not a server ID."
                                + " Give 1 to 15 octets in hexadecimal, such as 31441a.",
                        "yaml:13:37: pools.web.server-id-mappings.1.backend: there is no backend \"bb\" in this pool."
                                + " Its backends are a, b, c.",
                        "yaml:14:9: pools.web.server-id-mappings.2.backend: is missing."
                                + " Give a name: letters, digits and . : / [ ] _ - %, at most 200.",
                        "yaml:15:21: pools.web.server-id-mappings.3.server-id: server ID 0000ab is listed already, at yaml:14:21."
                                + " Remove one of the two: a server ID has one backend."),
                problems(
                        """
                        cid-scheme: quic-lb
                        cid-configs:
                          - {config-rotation-bits: 2, server-id-length: 3, nonce-length: 4}
                        server-id-mappings:
                          - {backend: a}
                          - {server-id: 12345, backend: bb}
                          - {server-id: "0x0000AB"}
                          - {server-id: "00:00:ab", backend: b}
                        """));
    }

    @Test
    void namesAFewOfManyBackends() {
        String more =
                IntStream.range(0, 20)
                        .mapToObj(i ->
                                "      - {name: x%d, address: 10.0.1.%d:443}\n".formatted(i, i))
                        .collect(Collectors.joining());
        String yaml =
                CidPool.yaml(
                                """
                                cid-scheme: mvfst
                                server-id-mappings: [{server-id: "00000001", backend: x20}]
                                """)
                        .replace("    cid-scheme", more + "    cid-scheme");

        assertEquals(
                List.of(
                        "yaml:29:59: pools.web.server-id-mappings.0.backend: there is no backend \"x20\" in this pool."
                                + " Did you mean x0? Its backends are a, b, c, x0, x1, x2, x3, x4, x5, x6 and 13 more."),
                Loading.of(folder, yaml).problems());
    }

    @Test
    void asksForServerIdsOfTheLengthThatEachConfigurationHas() {
        assertEquals(
                List.of(
                        "yaml:10:53: pools.web.cid-configs.0.server-id-length: the pool's server-id-mappings have server IDs of another"
                                + " length than 4. Give this configuration server-id-mappings of its own.",
                        "yaml:15:25: pools.web.cid-configs.1.server-id-mappings.0.server-id: 000001 is not of the 5 octets that"
                                + " server-id-length asks for. Give 10 hexadecimal digits."),
                problems(
                        """
                        cid-scheme: quic-lb
                        cid-configs:
                          - {config-rotation-bits: 2, server-id-length: 4, nonce-length: 4}
                          - config-rotation-bits: 3
                            server-id-length: 5
                            nonce-length: 4
                            server-id-mappings:
                              - {server-id: "000001", backend: a}
                        """
                                + MAPPINGS));
        assertEquals(
                List.of(
                        "yaml:10:9: pools.web.cid-configs.0.server-id-mappings: there is no server ID."
                                + " Give the server ID of each backend, here or for the whole pool."),
                problems(
                        """
                        cid-scheme: quic-lb
                        cid-configs:
                          - {config-rotation-bits: 2, server-id-length: 4, nonce-length: 4}
                        """));
    }

    @ParameterizedTest
    @CsvSource({"aws-nlb, 8", "mvfst, 4", "msquic-fixed, 4"})
    void asksForServerIdsOfTheLengthThatASchemeHas(String scheme, int octets) {
        assertEquals(
                List.of(
                        "yaml:9:38: pools.web.server-id-mappings.0.server-id: 0102030405 is not of the %d octets that cid-scheme %s asks for. Give %d hexadecimal digits."
                                .formatted(octets, scheme, 2 * octets)),
                problems(
                        "cid-scheme: "
                                + scheme
                                + "\nserver-id-mappings: [{server-id: \"0102030405\", backend: a}]\n"));
    }

    @Test
    void refusesAHostIdThatMeansNone() {
        assertEquals(
                List.of(
                        "yaml:9:38: pools.web.server-id-mappings.0.server-id: host ID 0 means none. Give another host ID."),
                problems(
                        """
                        cid-scheme: mvfst
                        server-id-mappings: [{server-id: "00000000", backend: a}]
                        """));
    }

    @Test
    void refusesConnectionIdsThatAreShorterThanTheServerIdInThem() {
        String yaml =
                """
                cid-scheme: aws-nlb
                connection-id-length: %s
                server-id-mappings:
                  - {server-id: "0000000000000001", backend: a}
                  - {server-id: "0000000000000002", backend: b}
                  - {server-id: "0000000000000003", backend: c}
                """;

        assertEquals(
                List.of(
                        "yaml:9:27: pools.web.connection-id-length: 8 octets do not hold the first and a server ID."
                                + " Give 9 or more, or learned."),
                problems(yaml.formatted("8")));
        assertEquals(List.of(), warnings(yaml.formatted("9")));
        assertEquals(List.of(), warnings(yaml.formatted("learned")));
    }

    @Test
    void refusesServersThatTheirAddressesDoNotTellApart() {
        assertEquals(
                List.of(
                        "yaml:4:17: pools.web.cid-scheme: msquic-ip cannot tell b from a: the last four octets of their addresses are"
                                + " the same. Use msquic-fixed, or one server for each address.",
                        "yaml:4:17: pools.web.cid-scheme: msquic-ip cannot tell c from a: the last four octets of their addresses are"
                                + " the same. Use msquic-fixed, or one server for each address."),
                Loading.of(
                                folder,
                                """
                                listeners: [{address: "127.0.0.1:4433"}]
                                pools:
                                  web:
                                    cid-scheme: msquic-ip
                                    backends:
                                      - {name: a, address: 10.0.0.1:443}
                                      - {name: b, address: 10.0.0.1:444}
                                      - {name: c, address: "[2001:db8::a00:1]:443"}
                                """)
                        .problems());
    }

    @Test
    void warnsOfServersThatNoServerIdNames() {
        assertEquals(
                List.of(
                        "yaml:8:17: warning: pools.web.cid-scheme: no server ID names b, c."
                                + " Connections to such a server are lost when their client changes address and connection ID at once."),
                warnings(
                        """
                        cid-scheme: msquic-fixed
                        server-id-mappings: [{server-id: "00000007", backend: a}]
                        """));
    }

    @Test
    void warnsOfServerIdsThatNoConfigurationUsesAndDoesNotCountThem() {
        assertEquals(
                List.of(
                        "yaml:8:17: warning: pools.web.cid-scheme: no server ID names b, c."
                                + " Connections to such a server are lost when their client changes address and connection ID at once.",
                        "yaml:16:7: warning: pools.web.server-id-mappings: nothing uses them: each configuration has server IDs of its"
                                + " own. Remove one of the two."),
                warnings(
                        """
                        cid-scheme: quic-lb
                        cid-configs:
                          - config-rotation-bits: 0
                            server-id-length: 3
                            nonce-length: 4
                            server-id-mappings:
                              - {server-id: "000001", backend: a}
                        """
                                + MAPPINGS));
    }

    @Test
    void warnsWhenRandomConnectionIdsOftenNameAServerAndSaysHowOften() {
        String yaml =
                """
                cid-scheme: quic-lb
                cid-configs:
                  - {config-rotation-bits: 0, server-id-length: 1, nonce-length: 8}
                  - {config-rotation-bits: 1, server-id-length: 1, nonce-length: 8}
                server-id-mappings:
                """;
        StringBuilder eleven = new StringBuilder(yaml);
        for (int i = 0; i < 11; i++) {
            eleven.append("  - {server-id: \"%02x\", backend: %c}%n".formatted(i, 'a' + i % 3));
        }

        // Two configurations of eight, in each 11 of 256 server IDs: 2 × 11 / (8 × 256) = 1.07 %.
        assertEquals(
                List.of(
                        "yaml:10:7: warning: pools.web.cid-configs: 1.1 % of new connections go where their client's random connection"
                                + " ID happens to point. Use longer server IDs, three octets or more, so that few of the possible ones are"
                                + " in use."),
                warnings(eleven.toString()));
        // 2 × 10 / (8 × 256) = 0.98 %.
        assertEquals(
                List.of(),
                warnings(eleven.toString().lines().limit(15).collect(Collectors.joining("\n"))));
    }
}
