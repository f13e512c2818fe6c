package dev.homing.observe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.observe.http.AdminServer;
import dev.homing.observe.http.Health;
import dev.homing.observe.http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScraperTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static AdminServer serving(String text) throws IOException {
        return AdminServer.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                type -> text,
                () -> Health.good("ok"),
                () -> Health.good("ok"),
                Map.of(),
                query -> new Reply.Refused(409, "one at a time"));
    }

    private static String complaint(String address, Duration timeout) throws IOException {
        try (Scraper scraper = new Scraper(address, timeout)) {
            return assertThrows(IOException.class, scraper::scrape).getMessage();
        }
    }

    @Test
    void readsMetricsOverAndOver() throws IOException, InterruptedException {
        try (AdminServer server = serving("a{x=\"ü\"} 5\n")) {
            int port = server.address().getPort();
            for (String address : new String[] {"127.0.0.1:", ":", "http://127.0.0.1:"}) {
                try (Scraper scraper = new Scraper(address + port, TIMEOUT)) {
                    for (int i = 0; i < 3; i++) {
                        assertEquals(OptionalDouble.of(5), scraper.scrape().value("a", "x", "ü"));
                    }
                    assertTrue(scraper.page("/livez").startsWith("ok"));
                }
            }
        }
    }

    @Test
    void tellsWhyAPageIsRefused() throws IOException {
        try (AdminServer server = serving("")) {
            String address = "127.0.0.1:" + server.address().getPort();
            try (Scraper scraper = new Scraper(address, TIMEOUT)) {
                IOException refused =
                        assertThrows(IOException.class, () -> scraper.stream("/trace?sample=1/1"));
                assertEquals(address + " refuses: one at a time", refused.getMessage());
                IOException unknown =
                        assertThrows(IOException.class, () -> scraper.stream("/nothing"));
                assertEquals(
                        "http://%s/nothing answers with status 404. Is it Homing, and of this version?"
                                .formatted(address),
                        unknown.getMessage());
            }
        }
    }

    @Test
    void saysThatWhatAnswersIsNotPrometheusText() throws IOException {
        try (AdminServer server = serving("a 1\n<html>\n")) {
            int port = server.address().getPort();
            assertEquals(
                    "what answers at http://127.0.0.1:%d/metrics is not Prometheus text: line 2: a name is expected at column 1. Is it Homing?"
                            .formatted(port),
                    complaint("127.0.0.1:" + port, TIMEOUT));
        }
    }

    @Test
    void saysThatAPageIsNotThere() throws IOException {
        try (AdminServer server = serving("");
                Scraper scraper = new Scraper(":" + server.address().getPort(), TIMEOUT)) {
            assertTrue(
                    assertThrows(IOException.class, () -> scraper.page("/nowhere"))
                            .getMessage()
                            .contains("/nowhere answers with status 404"));
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertEquals(
                "cannot ask the admin address 127.0.0.1:%d: the connection is refused. Is Homing running, and is this its admin.address? Give another one with --admin."
                        .formatted(port),
                complaint("127.0.0.1:" + port, TIMEOUT));
    }

    @Test
    void saysThatNobodyAnswersInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(
                    "cannot ask the admin address 127.0.0.1:%d: no answer within 0.2 s. Is the machine overloaded?"
                            .formatted(silent.getLocalPort()),
                    complaint("127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(200)));
        }
    }

    @Test
    void saysThatANameHasNoAddress() throws IOException {
        assertEquals(
                "cannot ask the admin address homing.invalid:9090: the name has no address. Give an address with --admin.",
                complaint("homing.invalid:9090", TIMEOUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9090", "localhost", "a b:1", "::1:9090", "x:1/metrics", "x:y"})
    void takesNoAddressWithoutAPort(String address) {
        assertEquals(
                "'%s' is not an address with a port: write HOST:PORT, or [IPv6]:PORT."
                        .formatted(address),
                assertThrows(IOException.class, () -> new Scraper(address, TIMEOUT).close())
                        .getMessage());
    }
}
