package dev.homing.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `encode-cid`.
final class EncodeCidCommandTest {

    /// By name of the scheme: what a pool with the backends a and b has of it.
    private static final Map<String, String> SCHEMES =
            Map.of(
                    "quic-lb",
                    """
                    cid-configs:
                      - {config-rotation-bits: 5, server-id-length: 4, nonce-length: 12, cid-key: %s}
                    server-id-mappings:
                      - {server-id: 00c0ffee, backend: a}
                      - {server-id: 00c0fff0, backend: b}
                    """
                            .formatted(TwoPools.KEY),
                    "envoy",
                    """
                    cid-configs:
                      - {config-rotation-bits: 2, server-id-length: 8, nonce-length: 7, cid-key: %s}
                    server-id-mappings:
                      - {server-id: 0000000000c0ffee, backend: a}
                      - {server-id: 0000000000c0fff0, backend: b}
                    """
                            .formatted(TwoPools.KEY),
                    "nghttpx",
                    """
                    cid-configs:
                      - {server-id-length: 4, cid-key-file: SECRETS}
                    server-id-mappings:
                      - {server-id: 00c0ffee, backend: a}
                      - {server-id: 00c0fff0, backend: b}
                    """,
                    "aws-nlb",
                    """
                    server-id-mappings:
                      - {server-id: 0000000000c0ffee, backend: a}
                      - {server-id: 0000000000c0fff0, backend: b}
                    """,
                    "mvfst",
                    """
                    server-id-mappings:
                      - {server-id: 0000cafe, backend: a}
                      - {server-id: 00c0ffee, backend: a}
                      - {server-id: dec0ffee, backend: b}
                    """,
                    "msquic-ip",
                    "",
                    "msquic-fixed",
                    """
                    server-id-mappings:
                      - {server-id: 00c0ffee, backend: a}
                      - {server-id: 00c0fff0, backend: b}
                    """);

    @TempDir Path folder;
    private String file = "";

    @BeforeEach
    void writeFile() throws IOException {
        file = write("homing.yaml", TwoPools.YAML);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String write(String scheme) throws IOException {
        String secrets = write("secrets", "60000000" + "ab".repeat(64));
        return write(
                scheme + ".yaml",
                """
                listeners: [{address: "127.0.0.1:4433"}]
                pools:
                  web:
                    backends:
                      - {name: a, address: 10.0.0.1:443}
                      - {name: b, address: "[2001:db8::2]:443"}
                """
                        + ("cid-scheme: " + scheme + "\n" + SCHEMES.get(scheme))
                                .replace("SECRETS", secrets)
                                .indent(4));
    }

    @Test
    void makesTheDraftsExampleButForTheRandomBitsOfItsFirstOctet() {
        Typed typed =
                Typed.of("encode-cid", "-c", file, "--pool=web", "--backend=a", "--nonce=9c69c275");

        assertEquals(0, typed.exitCode());
        assertEquals("67947d29be054a\n", typed.out().substring(2));
        assertEquals(
                "homing: note: with server ID 31441a of config-rotation-bits 0; the backend has 1 server ID more.\n",
                typed.err());
    }

    @Test
    void makesAConnectionIdOfTheConfigurationAskedFor() {
        Typed typed =
                Typed.of(
                        "encode-cid",
                        "-c",
                        file,
                        "--pool=web",
                        "--backend=a",
                        "--config-rotation-bits=1",
                        "--nonce=010203040506");

        assertEquals("280001010203040506\n", typed.out());
        assertEquals("", typed.err());
    }

    @ParameterizedTest
    @CsvSource({
        "quic-lb, 17",
        "envoy, 17",
        "nghttpx, 17",
        "aws-nlb, 16",
        "mvfst, 8",
        "msquic-ip, 14",
        "msquic-fixed, 14"
    })
    void makesConnectionIdsThatNameTheirBackend(String scheme, int octets) throws IOException {
        String configuration = write(scheme);
        for (String backend : List.of("a", "b")) {
            Typed made =
                    Typed.of("encode-cid", "-c", configuration, "--backend", backend, "--count=20");
            assertEquals(0, made.exitCode(), made.err());
            List<String> connectionIds = made.out().lines().toList();
            assertEquals(20, connectionIds.stream().distinct().count());

            List<String> decode = new ArrayList<>(List.of("decode-cid", "-c", configuration));
            decode.addAll(connectionIds);
            Typed decoded = Typed.of(decode);
            assertEquals(0, decoded.exitCode(), decoded.out());
            assertEquals(
                    20,
                    decoded.out()
                            .lines()
                            .filter(line -> line.startsWith("  pool web: backend " + backend + ","))
                            .count(),
                    decoded.out());
            connectionIds.forEach(id -> assertEquals(2 * octets, id.length(), id));
        }
    }

    @ParameterizedTest
    @CsvSource({"quic-lb, true", "envoy, true", "nghttpx, true", "aws-nlb, false", "mvfst, false"})
    void notesThatRandomNoncesOfAKeyAreForTestsOnly(String scheme, boolean isKeyed)
            throws IOException {
        Typed typed = Typed.of("encode-cid", "-c", write(scheme), "--backend=b");

        assertEquals(
                isKeyed
                        ? "homing: note: with a random nonce, for tests only: a server must not use a nonce twice.\n"
                        : "",
                typed.err());
        assertFalse((typed.out() + typed.err()).contains(TwoPools.KEY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws-nlb      | ''                       | 0000000000c0ffee",
                "aws-nlb      | 0102030405060708090a0b   | 0000000000c0ffee0102030405060708090a0b",
                "msquic-fixed | 010203040506070809       | eeffc000010203040506070809",
                "msquic-ip    | 010203040506070809       | 0a000001010203040506070809",
            })
    void laysServerIdAndNonceInTheClearWhereTheLayoutSays(
            String scheme, String nonce, String afterTheFirstOctet) throws IOException {
        Typed typed =
                Typed.of("encode-cid", "-c", write(scheme), "--backend=a", "--nonce=" + nonce);

        assertEquals(afterTheFirstOctet + "\n", typed.out().substring(2), typed.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws-nlb   | 0102030405060708090a0b0c | at most 11 octets",
                "msquic-ip | 01                       | 9 octets",
                "mvfst     | 01                       | none: the bits beside the host ID are random",
            })
    void refusesANonceThatTheLayoutHasNoPlaceFor(String scheme, String nonce, String form)
            throws IOException {
        Typed typed =
                Typed.of("encode-cid", "-c", write(scheme), "--backend=b", "--nonce=" + nonce);

        assertEquals(2, typed.exitCode());
        assertTrue(typed.err().contains(", but here it has " + form + "\n"), typed.err());
    }

    @Test
    void keepsToTheLengthThatTheServersHave() throws IOException {
        String configuration = write("aws-nlb");
        List<String> set = List.of("encode-cid", "-c", configuration, "--backend=a", "--set");
        List<String> arguments = new ArrayList<>(set);
        arguments.add("pools.web.connection-id-length=12");

        assertEquals(24, Typed.of(arguments).out().strip().length());
        arguments.add("--nonce=0102");
        assertTrue(
                Typed.of(arguments)
                        .err()
                        .contains("--nonce has 2 octets, but here it has 3 octets"));
    }

    @Test
    void tellsProgramsWhatItMade() {
        Typed typed =
                Typed.of(
                        "encode-cid",
                        "-c",
                        file,
                        "--pool=web",
                        "--backend=a",
                        "--config-rotation-bits=1",
                        "--nonce=010203040506",
                        "--output=json");

        assertEquals(
                """
                {
                  "pool": "web",
                  "cid-scheme": "quic-lb",
                  "backend": "a",
                  "address": "10.0.0.1:4433",
                  "config-rotation-bits": 1,
                  "server-id": "0001",
                  "connection-ids": [
                    {
                      "connection-id": "280001010203040506",
                      "nonce": "010203040506"
                    }
                  ]
                }
                """,
                typed.out());
    }

    @Test
    void saysThatABackendHasNoServerId() {
        Typed none = Typed.of("encode-cid", "-c", file, "--backend=spare");
        assertEquals(1, none.exitCode());
        assertEquals("homing: backend 'spare' has no server ID in pool 'web'.\n", none.err());

        Typed learned = Typed.of("encode-cid", "-c", file, "--backend=c");
        assertEquals(1, learned.exitCode());
        assertEquals(
                "homing: pool 'api' has no cid-scheme, so its connection IDs say nothing of the server.\n",
                learned.err());
    }
}
