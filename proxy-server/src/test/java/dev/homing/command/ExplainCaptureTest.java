package dev.homing.command;

import static dev.homing.capture.Captures.ETHERNET;
import static dev.homing.capture.Captures.ethernet;
import static dev.homing.capture.Captures.hex;
import static dev.homing.capture.Captures.ipv4;
import static dev.homing.capture.Captures.pcap;
import static dev.homing.capture.Captures.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `explain --pcap`.
final class ExplainCaptureTest {

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

    private static byte[] to(int port, String payload) {
        byte[] octets = hex(payload);
        return ethernet(ipv4(udp(51_000, port, octets.length + 8, octets)));
    }

    private String capture() throws IOException {
        byte[] cut = to(4433, "c00000000114" + "00".repeat(40));
        byte[] file =
                pcap(
                        ETHERNET,
                        to(4433, ForExplain.INITIAL),
                        to(4433, ForExplain.SHORT),
                        to(4434, ForExplain.SHORT),
                        to(443, ForExplain.SHORT),
                        to(4433, "c000"),
                        ethernet(ipv4(0x2000, 17, udp(hex(ForExplain.SHORT)))),
                        ethernet(ipv4(0x4000, 6, udp(hex(ForExplain.SHORT)))),
                        Arrays.copyOf(cut, cut.length - 30));
        return Files.write(folder.resolve("capture.pcap"), file).toString();
    }

    @Test
    void explainsTheDatagramsOfACaptureThatGoToListenersAndCountsTheRest() throws IOException {
        Typed typed = explain(ForExplain.HASH_KEY, "--pcap", capture());

        assertEquals(
                """
                1 0.000000 192.0.2.7:51000 > 203.0.113.9:4433 19 long 00000001 dcid e394c8f03e515708 starts: hash, backend b, if new small_initial
                2 1.000000 192.0.2.7:51000 > 203.0.113.9:4433 39 short dcid 0767947d29be054a: decoded, backend a
                3 2.000000 192.0.2.7:51000 > 203.0.113.9:4434 39 short dcid of unknown length: hash, backend c
                5 4.000000 192.0.2.7:51000 > 203.0.113.9:4433 2 truncated: dropped, truncated_header
                8 7.000000 192.0.2.7:51000 > 203.0.113.9:4433 46 truncated: cut off by the capture
                5 datagrams explained, of 8 frames
                  decoded: 1 (a 1)
                  hash: 2 (b 1, c 1)
                  dropped: 1 (truncated_header 1)
                  cut-off: 1
                not looked at
                  datagrams to other ports: 1
                  fragments of IP packets: 1
                  other protocols than UDP: 1
                """,
                typed.out());
        assertEquals("", typed.err());
        assertEquals(0, typed.exitCode());
    }

    @Test
    void looksAtOneListenerOnlyOrAtAllDatagrams() throws IOException {
        String capture = capture();

        assertEquals(
                List.of("3", "1"),
                explain("--listener=0.0.0.0:4434", "--pcap", capture)
                        .out()
                        .lines()
                        .limit(2)
                        .map(line -> line.substring(0, 1))
                        .toList());
        String all =
                explain(
                                ForExplain.HASH_KEY,
                                "--listener=127.0.0.1:4433",
                                "--all",
                                "--pcap",
                                capture)
                        .out();
        assertTrue(
                all.contains(
                        "\n4 3.000000 192.0.2.7:51000 > 203.0.113.9:443 39 short dcid 0767947d29be054a: decoded, backend a\n"),
                all);
        assertTrue(all.contains("\n6 datagrams explained, of 8 frames\n"), all);
        assertEquals(2, explain("--all", "--pcap", capture).exitCode());
    }

    @Test
    void tellsProgramsOneDatagramALine() throws IOException {
        List<String> lines =
                explain("--listener=127.0.0.1:4433", "--output=json", "--pcap", capture())
                        .out()
                        .lines()
                        .toList();

        assertEquals(5, lines.size());
        assertEquals(
                "{\"frame\":2,\"time\":\"1970-01-01T00:00:02.000002Z\",\"from\":\"192.0.2.7:51000\",\"to\":\"203.0.113.9:4433\","
                        + "\"listener\":\"127.0.0.1:4433\",\"pool\":\"web\",\"octets\":39,\"header\":\"short\",\"dcid\":\"0767947d29be054a\","
                        + "\"starts-connection\":false,\"scheme\":{\"cid-scheme\":\"quic-lb\",\"layout\":\"quic-lb, four-pass\","
                        + "\"config-rotation-bits\":0,\"server-id\":\"31441a\",\"nonce\":\"9c69c275\"},\"verdict\":\"decoded\","
                        + "\"backend\":\"a\",\"address\":\"10.0.0.1:4433\",\"state\":\"active\"}",
                lines.get(1));
        assertEquals(
                "{\"summary\":{\"frames\":8,\"explained\":4,\"decoded\":1,\"decoded-by\":{\"a\":1},\"hash\":0,\"any-backend\":1,"
                        + "\"dropped\":1,\"dropped-by\":{\"truncated_header\":1},\"cut-off\":1,\"not-looked-at\":{\"other-ports\":2,"
                        + "\"fragment\":1,\"not-udp\":1,\"not-ip\":0,\"cut-off\":0,\"damaged\":0,\"unknown-link\":0}}}",
                lines.getLast());
    }

    @Test
    void explainsWhatThereIsOfADamagedCaptureAndFails() throws IOException {
        byte[] whole = pcap(ETHERNET, to(4433, ForExplain.SHORT), to(4433, ForExplain.SHORT));
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 1));
        Typed typed = explain("--pcap", cut.toString());

        assertEquals(1, typed.exitCode());
        assertEquals(
                "homing: " + cut + " cannot be read: the file ends in the middle of a record.\n",
                typed.err());
        assertTrue(typed.out().contains("\n1 datagram explained, of 1 frame\n"), typed.out());

        Typed missing = explain("--pcap", "/missing.pcap");
        assertEquals(1, missing.exitCode());
        assertEquals("homing: /missing.pcap cannot be read: it does not exist.\n", missing.err());
        assertEquals("", missing.out());
    }
}
