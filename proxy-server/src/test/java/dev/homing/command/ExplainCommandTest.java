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

/// `explain` of one datagram.
final class ExplainCommandTest {

    @TempDir Path folder;
    private String file = "";

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("homing.yaml"), ForExplain.YAML).toString();
    }

    private Typed explain(String... more) {
        List<String> arguments = new ArrayList<>(List.of("explain", "-c", file));
        arguments.addAll(List.of(more));
        return Typed.of(arguments);
    }

    @Test
    void tellsTheWayOfADatagramThatMayStartAConnection() {
        Typed typed = explain("--listener=127.0.0.1:4433", ForExplain.HASH_KEY, ForExplain.INITIAL);

        assertEquals(
                """
                19 octets to listener 127.0.0.1:4433, pool web
                  header     long, version 0x00000001
                  DCID       e394c8f03e515708 (8 octets)
                  SCID       0102 (2 octets)
                  starts     yes, it may be a connection's first packet
                  1 scheme   names no backend. The rotation bits are 0b111: a server without a configuration made it, or a client.
                             quic-lb; rotation bits 7
                  2 learned  not asked: what a running instance has learned is not known here
                  3 flow     not asked: the sessions of a running instance are not known here
                  4 hash     of the connection ID: proposes backend b, 10.0.0.2:4433
                  5 limits   unless it belongs to a connection that is known, it is dropped, small_initial. It would begin a connection, but the Initial packet's datagram has less than 1200 octets: every server must drop it (RFC 9000 section 14.1). Not a QUIC client: look at who sends it. limits.check-first-packets: false lets it pass.
                  goes to    backend b, 10.0.0.2:4433, unless a running instance has learned otherwise
                """,
                typed.out());
        assertEquals("", typed.err());
        assertEquals(0, typed.exitCode());
    }

    @Test
    void tellsThatAConnectionIdNamesItsBackend() {
        assertEquals(
                """
                39 octets to listener 127.0.0.1:4433, pool web
                  header     short
                  DCID       0767947d29be054a (8 octets)
                  starts     no connection
                  1 scheme   names backend a, 10.0.0.1:4433
                             quic-lb, four-pass; rotation bits 0; server ID 31441a; nonce 9c69c275
                  2 learned  not reached
                  3 flow     not reached
                  4 hash     not reached
                  goes to    backend a, 10.0.0.1:4433
                """,
                explain("--listener=127.0.0.1:4433", ForExplain.SHORT).out());
    }

    @Test
    void doesNotPretendToKnowARandomHashOrTheClient() {
        assertTrue(
                explain(
                                "--listener=127.0.0.1:4433",
                                "--set=limits.check-first-packets=false",
                                ForExplain.INITIAL)
                        .out()
                        .contains(
                                """
                                  4 hash     of the connection ID: any backend; the hash has a random key: give hash-key in the configuration to know it
                                  goes to    any backend that takes new connections, unless a running instance has learned otherwise
                                """));
        assertEquals(
                """
                39 octets to listener 0.0.0.0:4434, pool api
                  header     short
                  DCID       0767947d29be054a000000000000000000000000 at most: its length is not in the header
                  starts     no connection
                  1 scheme   none: connection IDs say nothing of the server
                  2 learned  not asked: what a running instance has learned is not known here
                  3 flow     not asked: the sessions of a running instance are not known here
                  4 hash     of the client's address and port: any backend; the client's address is not known: give --client to know it
                  goes to    any backend that takes new connections, unless a running instance has learned otherwise
                """,
                explain("--listener=0.0.0.0:4434", ForExplain.HASH_KEY, ForExplain.SHORT).out());
        assertTrue(
                explain(
                                "--listener=0.0.0.0:4434",
                                ForExplain.HASH_KEY,
                                "--client=[2001:db8::1]:5000",
                                "--set=pools.api.connection-id-length=8",
                                ForExplain.SHORT)
                        .out()
                        .matches(
                                "(?s).*  DCID       0767947d29be054a \\(8 octets\\)\n.*"
                                        + "  4 hash     of the client's address and port: proposes backend c, 10.0.0.3:4433\n.*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''           | none                                              | dropped, empty. The datagram has no octets.",
                "c00000000114 | long, but it ends before its connection IDs do   | dropped, truncated_header. A QUIC long header ends",
            })
    void tellsWhyAMalformedDatagramIsDropped(String datagram, String header, String reason) {
        Typed typed = explain("--listener=127.0.0.1:4433", datagram);

        assertTrue(typed.out().contains("\n  header     " + header + "\n"), typed.out());
        assertTrue(typed.out().contains("\n  goes to    nowhere: " + reason), typed.out());
        assertEquals(0, typed.exitCode());
    }

    @Test
    void tellsThatNoBackendTakesNewConnectionsAndThatNobodyCanAnswerPortZero() {
        String out =
                explain(
                                "--listener=127.0.0.1:4433",
                                "--set=pools.web.backends.1.weight=0",
                                ForExplain.INITIAL)
                        .out();
        assertTrue(out.contains("\n  4 hash     no backend takes new connections\n"), out);
        assertTrue(
                out.contains(
                        "\n  goes to    nowhere, unless a running instance has learned otherwise: dropped, no_backend. "),
                out);
        assertTrue(
                explain("--listener=127.0.0.1:4433", "--client=192.0.2.1:0", ForExplain.INITIAL)
                        .out()
                        .contains("  goes to    nowhere: dropped, no_client_port. "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c00000000008e394c8f03e51570800           | 0x00000000: Version Negotiation",
                "c0ff00001d08e394c8f03e51570800           | 0xff00001d",
                "c06b3343cf08e394c8f03e51570800           | 0x6b3343cf",
                "c0babababa08e394c8f03e51570800           | 0xbabababa, which is not known: its packets start nothing",
            })
    void saysWhatTheVersionIs(String datagram, String version) {
        String out = explain("--listener=127.0.0.1:4433", datagram).out();
        assertTrue(out.contains("\n  header     long, version " + version + "\n"), out);
    }

    @Test
    void tellsWhatMayBeginNoConnection() {
        assertTrue(
                explain(
                                "--listener=127.0.0.1:4433",
                                "--set=limits.check-first-packets=false",
                                "--set=limits.versions.0=0x6b3343cf",
                                ForExplain.INITIAL)
                        .out()
                        .contains(
                                "  5 limits   unless it belongs to a connection that is known, it is dropped, version_refused. "));
        assertFalse(
                explain("--listener=127.0.0.1:4433", ForExplain.SHORT).out().contains("5 limits"));
        assertTrue(
                explain("--listener=127.0.0.1:4433", "40000102")
                        .out()
                        .contains("is dropped, not_quic. "));
    }

    @Test
    void answersProgramsInJson() {
        assertEquals(
                """
                {
                  "listener": "127.0.0.1:4433",
                  "pool": "web",
                  "octets": 19,
                  "header": "long",
                  "version": "0x00000001",
                  "version-known": true,
                  "dcid": "e394c8f03e515708",
                  "scid": "0102",
                  "starts-connection": true,
                  "scheme": {
                    "cid-scheme": "quic-lb",
                    "layout": "quic-lb",
                    "config-rotation-bits": 7,
                    "reason": "reserved_rotation",
                    "sentence": "The rotation bits are 0b111: a server without a configuration made it, or a client."
                  },
                  "dropped-if-new": "small_initial",
                  "verdict": "hash",
                  "hashed": "connection-id",
                  "backend": "b",
                  "address": "10.0.0.2:4433",
                  "state": "active"
                }
                """,
                explain(
                                "--listener=127.0.0.1:4433",
                                ForExplain.HASH_KEY,
                                "--output=json",
                                ForExplain.INITIAL)
                        .out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00 | there are listeners of several pools: give --listener with one of 127.0.0.1:4433, 0.0.0.0:4434.",
                "--listener=:4433 00 | there is no listener ':4433'. There are 127.0.0.1:4433, 0.0.0.0:4434.",
                "--listener=x 00 | there is no listener 'x'. There are 127.0.0.1:4433, 0.0.0.0:4434.",
                "--listener=127.0.0.1:4433 | give either a datagram in hexadecimal or --pcap with a capture",
                "--pcap=x 00 | give either a datagram in hexadecimal or --pcap with a capture",
                "--all 00 | --all belongs to --pcap",
                "--pcap=x --client=192.0.2.1:1 | --client belongs to HEX: a capture has the clients' addresses",
                "--client=192.0.2.1 00 | --client '192.0.2.1' is not IP:PORT or [IPv6]:PORT",
                "--client=example:1 00 | --client 'example:1' is not IP:PORT or [IPv6]:PORT",
                "--client=192.0.2.1:1-2 00 | --client '192.0.2.1:1-2' is not IP:PORT or [IPv6]:PORT",
            })
    void refusesWhatCannotBeMeant(String arguments, String complaint) {
        Typed typed = explain(arguments.split(" ", -1));

        assertEquals(2, typed.exitCode());
        assertEquals("homing: " + complaint, typed.err().lines().findFirst().orElse(""));
        assertEquals("", typed.out());
    }

    @Test
    void tellsThatTheConfigurationIsBad() {
        Typed typed = explain("--set=queues.capacity=5", "00");

        assertEquals(78, typed.exitCode());
        assertTrue(typed.err().endsWith("homing.yaml: 1 problem\n"), typed.err());
    }
}
