package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.observe.samples.Scraper;
import dev.homing.testkit.Browser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a running instance says of itself at its admin address.
class AdminPagesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String KEY = "00112233445566778899aabbccddeeff";

    private Echo backend;

    @BeforeEach
    void openBackend() throws IOException {
        backend = new Echo("127.0.0.1");
    }

    @AfterEach
    void closeBackend() throws IOException {
        backend.close();
    }

    private static String page(Homing homing, String path)
            throws IOException, InterruptedException {
        try (Scraper scraper = new Scraper(admin(homing), TIMEOUT)) {
            return scraper.page(path);
        }
    }

    private static String admin(Homing homing) {
        return "127.0.0.1:" + homing.server().adminAddress().orElseThrow().getPort();
    }

    @Test
    void theConfigurationIsTheOneInForceAndShowsNoSecret() throws Exception {
        Homing.Setup setup = Homing.with().backend("a", backend.address()).set("hash-key", KEY);
        try (Homing homing = setup.admin().start()) {
            String before = page(homing, "/config.json");
            assertTrue(before.contains("\"hash-key\":\"********\""), before);
            assertFalse(before.contains(KEY), before);
            assertTrue(before.contains("\"name\":\"a\""), before);

            homing.server()
                    .changePools(
                            setup.backend("later", new InetSocketAddress("127.0.0.1", 9), 3)
                                    .configuration());

            String after = page(homing, "/config.json");
            assertTrue(after.contains("\"name\":\"later\""), after);
            assertTrue(page(homing, "/reference.json").startsWith("{\"paths\":["));
        }
    }

    @Test
    void theLivePageShowsWhatIsForwarded() throws Exception {
        try (Homing homing = Homing.with().backend("a", backend.address()).admin().start();
                Client client = new Client("127.0.0.1");
                Browser browser = Browser.open()) {
            assertTrue(client.isEchoed(Client.initial(1, 2, 1200), homing.address()));
            browser.visit(URI.create("http://" + admin(homing) + "/"));

            browser.awaitText("#backends-table tbody", "a");
            assertEquals(
                    "a active 1 default 127.0.0.1:" + backend.address().getPort() + " 1",
                    browser.text("#backends-table tbody tr").replaceAll("\\s+", " "));
            // A container may hide what the machine counts.
            browser.awaitText("#verdict.good", "los");
            assertEquals("no loss", browser.text(".to-backends .hop-socket .lost"));
            assertEquals("0/s", browser.text(".to-backends .hop-receiver .passed"));
            assertTrue(browser.text("#threads-table tbody").contains("shard-0"));
            assertEquals(List.of(), browser.complaints());
        }
    }
}
