package dev.homing.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTableTest {
    private static final DemoConnection STAYED =
            new DemoConnection(
                    1,
                    address("127.0.0.1", 40001),
                    null,
                    "berlin",
                    "berlin",
                    3000,
                    3000,
                    0,
                    0,
                    0,
                    "");
    private static final DemoConnection MOVED =
            new DemoConnection(
                    2,
                    address("127.0.0.1", 40002),
                    address("127.0.1.2", 9),
                    "tokyo",
                    "tokyo",
                    3000,
                    3000,
                    1,
                    1,
                    1,
                    "");
    private static final DemoConnection LOST =
            new DemoConnection(
                    10,
                    address("::1", 40010),
                    address("::1", 50010),
                    "tokyo",
                    "",
                    3000,
                    1500,
                    1,
                    0,
                    0,
                    "not finished in time");

    private static final List<DemoServer> SERVERS =
            List.of(
                    new DemoServer("berlin", address("127.0.0.1", 4001), 1, 3000, 0),
                    new DemoServer("tokyo", address("127.0.0.1", 4002), 2, 4500, 1));

    @Test
    void showsEveryConnectionAndServerAndTheVerdict() {
        DemoResult result = new DemoResult(List.of(STAYED, MOVED, LOST), SERVERS, 1_250_000_000L);
        assertFalse(result.isOk());
        assertEquals(
                """
                 #  client                   moved to                 server  received  moved?    verdict
                 1  127.0.0.1:40001          -                        berlin   2.9 KiB  -         ok
                 2  127.0.0.1:40002          127.0.1.2:9              tokyo    2.9 KiB  followed  ok
                10  [0:0:0:0:0:0:0:1]:40010  [0:0:0:0:0:0:0:1]:50010  tokyo    1.5 KiB  not seen  not finished in time

                server  address         connections  share     sent  new client addresses
                berlin  127.0.0.1:4001            1   33 %  2.9 KiB                     0
                tokyo   127.0.0.1:4002            2   66 %  4.4 KiB                     1

                2 of 3 connections got every byte from one server; 1 of 2 that moved were followed (1.3 s).
                """,
                new DemoTable(Terminal.NONE).text(result));
    }

    @Test
    void isColouredOnlyWhereColoursAreShown() {
        DemoResult good = new DemoResult(List.of(STAYED, MOVED), SERVERS, 1);
        assertTrue(good.isOk());
        String coloured = new DemoTable(new Terminal(true, true)).text(good);
        assertTrue(coloured.contains("\u001b[32mok\u001b[0m"), coloured);
        assertFalse(new DemoTable(new Terminal(true, false)).text(good).contains("\u001b"));
        String bad =
                new DemoTable(new Terminal(true, true))
                        .text(new DemoResult(List.of(LOST), SERVERS, 1));
        assertTrue(bad.contains("\u001b[31mnot finished in time"));
    }

    @Test
    void nothingDoneIsNotWellDone() {
        assertFalse(new DemoResult(List.of(), SERVERS, 1).isOk());
    }

    @Test
    void terminalKnowsWhatItIsAndWhatItsUserWants() {
        assertEquals(new Terminal(true, true), Terminal.of("/dev/pts/3", Map.of("TERM", "xterm")));
        assertEquals(new Terminal(true, true), Terminal.of("/dev/pts/3", Map.of("NO_COLOR", "")));
        assertEquals(new Terminal(true, false), Terminal.of("/dev/pts/3", Map.of("NO_COLOR", "1")));
        assertEquals(Terminal.NONE, Terminal.of("/dev/pts/3", Map.of("TERM", "dumb")));
        assertEquals(Terminal.NONE, Terminal.of("/tmp/out.txt", Map.of("TERM", "xterm")));
        assertEquals(Terminal.NONE, Terminal.of("pipe:[123]", Map.of()));
    }

    @Test
    void progressIsWrittenOverOnATerminalAndRarelyElsewhere() {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ProgressLine one = progressLine(terminal, new Terminal(true, true));
                ProgressLine other = progressLine(file, Terminal.NONE)) {
            for (int i = 0; i < 5; i++) {
                DemoProgress progress = new DemoProgress(24, i, 0, 0, 512, 1024);
                one.accept(progress);
                other.accept(progress);
            }
        }
        String shown = terminal.toString(StandardCharsets.UTF_8);
        assertTrue(
                shown.contains(
                        "\r\u001b[2K4 of 24 connected, 0 moved, 50 % of 1.0 KiB received, 0 done"),
                shown);
        assertTrue(shown.endsWith("\r\u001b[2K"), shown);
        assertEquals(
                "0 of 24 connected, 0 moved, 50 % of 1.0 KiB received, 0 done\n",
                file.toString(StandardCharsets.UTF_8));
    }

    private static ProgressLine progressLine(ByteArrayOutputStream out, Terminal terminal) {
        return new ProgressLine(new PrintStream(out, true, StandardCharsets.UTF_8), terminal);
    }

    private static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }
}
