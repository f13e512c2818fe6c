package dev.homing.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.observe.http.AdminServer;
import dev.homing.observe.http.Health;
import dev.homing.observe.http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TopCommandTest {

    private final AtomicInteger scrapes = new AtomicInteger();
    private AdminServer instance;

    @BeforeEach
    void open() throws IOException {
        instance =
                AdminServer.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        contentType -> metrics(scrapes.incrementAndGet()),
                        () -> Health.good("alive"),
                        () -> Health.good("ready"),
                        Map.of(),
                        query -> new Reply.Refused(409, "no traces here"));
    }

    /// Another process answers from the third scrape on, with lower counters.
    private static String metrics(int scrape) {
        return """
        process_start_time_seconds %d
        homing_datagrams_received_total{side="client"} %d
        homing_backend_sessions{backend="a"} 3
        """
                .formatted(scrape < 3 ? 1000 : 2000, scrape < 3 ? 1_000_000 : scrape * 100);
    }

    @AfterEach
    void close() {
        instance.close();
    }

    private Typed top(String... options) {
        List<String> arguments = new ArrayList<>(List.of("top", "--interval", "100ms"));
        arguments.addAll(List.of("--admin", "127.0.0.1:" + instance.address().getPort()));
        arguments.addAll(List.of(options));
        return Typed.of(arguments);
    }

    @Test
    void printsOneReportAndNoneOfTwoProcesses() {
        Typed top = top("--once");

        assertEquals(0, top.exitCode(), top.err());
        assertTrue(
                top.out()
                        .startsWith("homing top  127.0.0.1:" + instance.address().getPort() + "\n"),
                top.out());
        assertTrue(
                top.out().endsWith("\n\nbackends  sessions  state\n  a              3\n"),
                top.out());
        // One to connect, one before the restart, two after it.
        assertEquals(4, scrapes.get());
    }

    @Test
    void printsALineOfJsonForPrograms() {
        Typed top = top("--once", "--output", "json");

        assertEquals(0, top.exitCode(), top.err());
        assertEquals(1, top.out().lines().count());
        assertTrue(
                top.out().contains("\"backends\":[{\"backend\":\"a\",\"sessions\":3}]"), top.out());
    }

    @Test
    void saysInOneSentenceThatTheInstanceCannotBeAsked() {
        instance.close();
        Typed top = top("--once");

        assertEquals(1, top.exitCode());
        assertEquals("", top.out());
        assertTrue(
                top.err().startsWith("homing: cannot ask the admin address 127.0.0.1:"), top.err());
        assertEquals(1, top.err().lines().count(), top.err());
    }
}
