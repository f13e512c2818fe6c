package dev.homing.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.observe.http.AdminServer;
import dev.homing.observe.http.Health;
import dev.homing.observe.http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    private static final String HEALTHY =
            """
            homing_datagrams_received_total{side="client"} %1$d00.0
            homing_datagrams_received_total{side="backend"} %1$d00.0
            homing_datagrams_sent_total{side="backend"} %1$d00.0
            homing_datagrams_sent_total{side="client"} %1$d00.0
            """;

    /// An instance whose counters grow from scrape to scrape.
    private static AdminServer instance(String metrics) throws IOException {
        AtomicInteger scrapes = new AtomicInteger();
        return AdminServer.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                type -> metrics.formatted(scrapes.incrementAndGet()),
                () -> Health.good("ok"),
                () -> Health.good("ok"),
                Map.of(),
                query -> new Reply.Refused(409, "no traces here"));
    }

    private static Typed ask(String metrics, String... more) throws IOException {
        try (AdminServer instance = instance(metrics)) {
            String[] line = new String[more.length + 5];
            line[0] = "doctor";
            line[1] = "--interval";
            line[2] = "100ms";
            line[3] = "--admin";
            line[4] = ":" + instance.address().getPort();
            System.arraycopy(more, 0, line, 5, more.length);
            return Typed.of(line);
        }
    }

    @Test
    void saysThatAnInstanceIsHealthy() throws IOException {
        Typed typed = ask(HEALTHY);

        assertEquals("", typed.err());
        assertTrue(typed.out().startsWith("Nothing is lost. "), typed.out());
        assertTrue(typed.out().contains("\n  backends to clients\n    Socket "), typed.out());
        assertFalse(typed.out().contains("\u001b"), "colours without a terminal");
        assertEquals(0, typed.exitCode());
    }

    @Test
    void saysFirstWhatIsLostFirst() throws IOException {
        Typed typed =
                ask(
                        HEALTHY
                                + "homing_datagrams_dropped_total{side=\"client\",reason=\"unreachable\"} %1$d0\n");

        assertTrue(typed.out().startsWith("First loss: Send (clients to backends), "), typed.out());
        assertTrue(
                typed.out()
                        .contains(
                                """

                                ERROR forbidden at Send (clients to backends)
                                  The kernel does not send: there is no route, or a firewall of this machine forbids it, after Homing.
                                  - 10 datagrams to backends were refused, 100 were sent
                                  Look at the route and at the rules for what leaves.
                                    ip route get BACKEND; nft list ruleset; iptables-save -c
                                """),
                typed.out());
        assertEquals(1, typed.exitCode());
    }

    @Test
    void notesAloneAreNoProblem() throws IOException {
        Typed typed =
                ask(
                        HEALTHY
                                + "homing_datagrams_dropped_total{side=\"client\",reason=\"empty\"} %1$d\n");

        assertTrue(
                typed.out().contains("\nINFO malformed at Receiver (clients to backends)\n"),
                typed.out());
        assertEquals(0, typed.exitCode());
    }

    @Test
    void writesJson() throws IOException {
        Typed typed =
                ask(
                        HEALTHY
                                + "homing_datagrams_dropped_total{side=\"client\",reason=\"unreachable\"} %1$d0\n",
                        "--output",
                        "json");

        assertTrue(
                typed.out()
                        .startsWith(
                                "{\n  \"healthy\": false,\n  \"verdict\": \"First loss: Send (clients to backends)"),
                typed.out());
        assertTrue(typed.out().contains("\n  \"first-loss\": \"send\",\n"), typed.out());
        assertTrue(
                typed.out()
                        .contains(
                                """
                                    {
                                      "finding": "forbidden",
                                      "severity": "error",
                                      "step": "send",
                                      "lost": 10,
                                """),
                typed.out());
        assertEquals(1, typed.exitCode());
    }

    @Test
    void saysThatItCouldNotLook() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Typed typed = Typed.of("doctor", "--admin", "127.0.0.1:" + port);

        assertEquals("", typed.out());
        assertEquals(
                "homing: cannot ask the admin address 127.0.0.1:%d: the connection is refused. Is Homing running, and is this its admin.address? Give another one with --admin.\n"
                        .formatted(port),
                typed.err());
        assertEquals(2, typed.exitCode());
    }

    @Test
    void looksAtThisMachine() {
        Typed typed = Typed.of("doctor", "--machine", "--interval", "100ms");

        assertEquals("", typed.err());
        assertTrue(
                typed.out().contains("\n    UDP ") && !typed.out().contains("\n    Receiver "),
                typed.out());
        assertTrue(typed.exitCode() == 0 || typed.exitCode() == 1, typed.out());
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertEquals(2, Typed.of("doctor", "--machine", "--admin", ":1").exitCode());
        assertEquals(2, Typed.of("doctor", "--interval", "5").exitCode());
    }
}
