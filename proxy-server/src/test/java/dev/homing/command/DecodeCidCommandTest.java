package dev.homing.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `decode-cid`, and what it has in common with `encode-cid`.
final class DecodeCidCommandTest {

    @TempDir Path folder;
    private String file = "";

    @BeforeEach
    void writeFile() throws IOException {
        file = write("homing.yaml", TwoPools.YAML);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void saysWhichBackendAConnectionIdNames() {
        Typed typed = Typed.of("decode-cid", "-c", file, "--pool", "web", "0767947d29be054a");

        assertEquals(
                """
                0767947d29be054a (8 octets)
                  pool web: backend a, 10.0.0.1:4433
                    quic-lb, four-pass; rotation bits 0; server ID 31441a; nonce 9c69c275
                """,
                typed.out());
        assertEquals("", typed.err());
        assertEquals(0, typed.exitCode());
    }

    @Test
    void saysOfEachPoolWhyItNamesNone() {
        Typed typed =
                Typed.of(
                        "decode-cid",
                        "-c",
                        file,
                        "28000200000000000000",
                        "0767947d29be05",
                        "40",
                        "ff0102030405060708",
                        "");

        assertEquals(
                """
                28000200000000000000 (10 octets)
                  pool web: no backend. No backend has the server ID.
                    quic-lb, plaintext; rotation bits 1; server ID 0002; nonce 000000000000
                  pool api: no cid-scheme: its connection IDs say nothing of the server, and are learned.
                0767947d29be05 (7 octets)
                  pool web: no backend. The connection ID has fewer octets than the scheme needs.
                    quic-lb, four-pass; rotation bits 0
                  pool api: no cid-scheme: its connection IDs say nothing of the server, and are learned.
                40 (1 octet)
                  pool web: no backend. No configuration has these rotation bits.
                    quic-lb; rotation bits 2
                  pool api: no cid-scheme: its connection IDs say nothing of the server, and are learned.
                ff0102030405060708 (9 octets)
                  pool web: no backend. The rotation bits are 0b111: a server without a configuration made it, or a client.
                    quic-lb; rotation bits 7
                  pool api: no cid-scheme: its connection IDs say nothing of the server, and are learned.
                 (0 octets)
                  pool web: no backend. The connection ID has fewer octets than the scheme needs.
                    quic-lb
                  pool api: no cid-scheme: its connection IDs say nothing of the server, and are learned.
                """,
                typed.out());
        assertEquals(1, typed.exitCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0767947d29be054a",
                "0x0767947D29BE054A",
                "0X0767947d29be054a",
                "07:67:94:7d:29:be:05:4a",
                " 07 67 94 7d 29 be 05 4a ",
                "0767947d 29be054a"
            })
    void readsOctetsHoweverTheyWerePasted(String text) {
        assertEquals(0, Typed.of("decode-cid", "-c", file, text).exitCode());
    }

    @Test
    void answersProgramsInJson() {
        Typed typed =
                Typed.of(
                        "decode-cid",
                        "-c",
                        file,
                        "--output",
                        "json",
                        "28000100000000000000",
                        "0767947d29be054b");

        assertEquals(
                """
                {
                  "connection-ids": [
                    {
                      "connection-id": "28000100000000000000",
                      "named": true,
                      "pools": [
                        {
                          "pool": "web",
                          "cid-scheme": "quic-lb",
                          "layout": "quic-lb, plaintext",
                          "config-rotation-bits": 1,
                          "server-id": "0001",
                          "nonce": "000000000000",
                          "backend": "a",
                          "address": "10.0.0.1:4433",
                          "state": "active"
                        },
                        {
                          "pool": "api",
                          "cid-scheme": "learned"
                        }
                      ]
                    },
                """,
                typed.out()
                        .substring(
                                0, typed.out().indexOf("    {\n      \"connection-id\": \"0767")));
        assertTrue(
                typed.out()
                        .contains(
                                """
                                          "reason": "server_id_unknown",
                                          "sentence": "No backend has the server ID."
                                """),
                typed.out());
        assertEquals(1, typed.exitCode());
    }

    @Test
    void saysPlainlyThatThereIsNoScheme() {
        Typed typed = Typed.of("decode-cid", "-c", file, "--pool=api", "0767947d29be054a");

        assertEquals(
                "No pool here has a cid-scheme: connection IDs say nothing of the server."
                        + " Homing learns them from the servers' packets.\n",
                typed.out());
        assertEquals(1, typed.exitCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decode-cid --pool wbe 00 | there is no pool 'wbe'. Did you mean web? The pools are web, api.",
                "encode-cid --pool wbe --backend a | there is no pool 'wbe'. Did you mean web? The pools are web, api.",
                "encode-cid --backend a | backend 'a' is in several pools: give --pool with one of web, api.",
                "encode-cid --backend spar | there is no backend 'spar'. Did you mean spare? See 'homing print-config' for the names.",
                "encode-cid --backend b --config-rotation-bits 1 | nothing with --config-rotation-bits 1 names 'b' in pool 'web'",
                "encode-cid --backend b --nonce 0102030405 | --nonce has 5 octets, but here it has 4 octets",
            })
    void refusesWhatTheConfigurationDoesNotHave(String arguments, String complaint) {
        List<String> all = new ArrayList<>(List.of(arguments.split(" ", -1)));
        all.addAll(1, List.of("-c", file));
        Typed typed = Typed.of(all);

        assertEquals(2, typed.exitCode());
        assertEquals("homing: " + complaint, typed.err().lines().findFirst().orElse(""));
        assertEquals("", typed.out());
    }

    @Test
    void refusesConnectionIdsThatNoHeaderCanHold() {
        assertEquals(1, Typed.of("decode-cid", "-c", file, "00".repeat(255)).exitCode());
        Typed typed = Typed.of("decode-cid", "-c", file, "00".repeat(256));
        assertEquals(2, typed.exitCode());
        assertTrue(
                typed.err()
                        .startsWith(
                                "homing: a connection ID of 256 octets: there are none beyond 255\n"),
                typed.err());
    }

    @ParameterizedTest
    @CsvSource({"decode-cid 00", "encode-cid --backend=a"})
    void tellsAllThatIsWrongWithTheConfiguration(String arguments) throws IOException {
        String bad = write("bad.yaml", TwoPools.YAML.replace("31441a", "3144"));
        List<String> all = new ArrayList<>(List.of(arguments.split(" ", -1)));
        all.addAll(
                List.of(
                        "-c",
                        bad,
                        "--set",
                        "pools.web.cid-configs.0.cid-key=" + TwoPools.KEY + "0"));
        Typed typed = Typed.of(all);

        assertEquals(78, typed.exitCode());
        assertTrue(typed.err().endsWith("bad.yaml: 1 problem\n"), typed.err());
        assertFalse(typed.err().contains(TwoPools.KEY), typed.err());
        assertEquals("", typed.out());
    }
}
