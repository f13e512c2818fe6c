package dev.homing.observe.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.observe.path.DatagramPath;
import dev.homing.observe.path.Place;
import dev.homing.testkit.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The live page in a real browser.
final class LivePageTest {

    private static final String VERDICT = "#verdict-title";

    /// The hop named so, on the way to the backends.
    private static final String HOP = ".to-backends .hop-";

    private static Browser browser;

    private FakeInstance instance;

    @BeforeAll
    static void openBrowser() throws IOException {
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        instance = new FakeInstance();
        browser.resize(1280, 900);
        browser.prefer("light");
    }

    /// The page must be left before its instance is gone, or else it complains into the next test.
    @AfterEach
    void close() {
        browser.visit(URI.create("about:blank"));
        instance.close();
        browser.complaints();
    }

    private void visit() {
        browser.visit(instance.page());
    }

    @Test
    void drawsThePathWithItsRatesAndSaysThatNothingIsLost() {
        instance.forwards(1000, 1, 2, 3).machine();
        visit();

        browser.awaitText(VERDICT, "Nothing is lost");
        List<String> there = titles(DatagramPath.TO_BACKENDS);
        there.addFirst("Clients");
        assertEquals(there, drawn(".to-backends"));
        List<String> back = titles(DatagramPath.TO_CLIENTS);
        back.addFirst("Backends");
        back.addLast("Clients");
        assertEquals(back, drawn(".to-clients"));
        assertEquals("no loss", browser.text(HOP + "socket .lost"));
        assertEquals("50 % full", plain(browser.text(HOP + "socket .extra")));
        assertEquals("10 waiting", browser.text(HOP + "queue .extra"));
        assertEquals("1000", browser.text(HOP + "receiver .passed").replaceAll("[^0-9]", ""));
        browser.awaitText("#threads-table tbody", "shard-1");
        assertEquals("Takes new connections", browser.text("#readiness"));
        assertEquals("Live", browser.text("#state"));
        assertEquals(List.of(), browser.complaints());
    }

    private static List<String> titles(DatagramPath path) {
        return path.hops().stream()
                .map(hop -> hop.place().title())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /// The titles of a way's stations.
    private static Object drawn(String way) {
        return browser.run(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)",
                way + " .hop-title");
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ').replace('\u202f', ' ');
    }

    @Test
    void marksTheFirstHopThatLosesAndSaysWhatHelpsABusyReceiver() {
        instance.forwards(1000, 2, 1, 1)
                .machine()
                .drops(Side.CLIENT, DropReason.QUEUE_FULL, 30)
                .socket("recv-1", 200)
                .thread("recv-1", 0.97);
        visit();

        browser.awaitText(VERDICT, "First loss: Socket (clients to backends)");
        assertEquals(1, browser.count(".hop.first"));
        assertTrue(browser.text(HOP + "socket .lost").endsWith("/s lost"));
        assertTrue(browser.text(HOP + "queue .lost").endsWith("/s lost"));
        assertTrue(
                browser.text("#why-what").endsWith(" The busiest receiver is 97\u00a0% busy."),
                browser.text("#why-what"));
        assertTrue(browser.text("#why-remedy").contains("a larger buffer only delays the loss"));
        assertTrue(browser.text("#verdict-more").contains("Queue (clients to backends)"));
        assertEquals(
                "Datagrams are lost: first at Socket (clients to backends).",
                browser.run("return document.getElementById('announcement').textContent"));
        browser.awaitText("#drops-table tbody", DropReason.QUEUE_FULL.remedy());

        instance.thread("recv-1", 0.1);
        browser.awaitText("#why-remedy", "raise sockets.receive-buffer");
    }

    @Test
    void treatsWhatNobodyCountsAsNotKnown() {
        instance.forwards(0, 0, 1, 1);
        visit();

        browser.awaitText(VERDICT, "No loss at the hops that are counted");
        assertTrue(browser.text("#verdict-more").contains("NIC (clients to backends), softirq"));
        assertEquals("losses not known", browser.text(HOP + "softirq .lost"));
        assertEquals("–", browser.text(HOP + "nic .passed"));
        assertEquals("0/s", browser.text(HOP + "receiver .passed"));
        assertEquals("none: shards receive", browser.text(HOP + "queue .extra"));
        assertEquals(
                "not known",
                browser.run(
                        "return document.querySelector('#threads-table td:last-child .unseen').textContent"));
    }

    @Test
    void namesTheFirewallBeforeHomingAndLeavesBackgroundNoiseAlone() {
        String received = "homing_machine_ip_total{family=\"ip4\",counter=\"in_receives\"}";
        instance.forwards(1000, 1, 1, 1).machine().grow(received, 1150);
        visit();
        browser.awaitText(VERDICT, "Nothing is lost");
        assertTrue(browser.text(HOP + "firewall .lost").endsWith("/s as usual"));
        assertTrue(browser.text(HOP + "firewall .passed").endsWith("/s"));

        instance.grow(received, 3100);
        browser.awaitText(VERDICT, "First loss: " + Place.FIREWALL.fullTitle());
        assertTrue(browser.text("#why-what").contains("a firewall's rule"));

        browser.run("document.getElementById('path-details').open = true");
        browser.awaitText("#path-counters", "in_receives + reassembled − in_delivers − forwarded");

        // What connection tracking says that it dropped is no rule's doing.
        instance.grow("homing_machine_conntrack_total{counter=\"drop\"}", 100_000);
        browser.awaitText("#why-what", "Connection tracking had no room");
    }

    @Test
    void ignoresWhatANetworkCardThrowsAwayOfOtherProtocolsUntilItIsMuch() {
        String dropped = "homing_machine_nic_total{interface=\"eth0\",counter=\"rx_dropped\"}";
        instance.forwards(1000, 1, 1, 1).machine().grow(dropped, 0.4);
        visit();
        browser.awaitText(VERDICT, "Nothing is lost");

        instance.grow(dropped, 500);

        browser.awaitText(VERDICT, "First loss: NIC");
    }

    @Test
    void doesNotCallALossWhatStrangersSendUntilItIsMuch() {
        instance.forwards(1000, 1, 1, 1)
                .machine()
                .drops(Side.CLIENT, DropReason.TRUNCATED_HEADER, 20);
        visit();
        browser.awaitText(VERDICT, "Nothing is lost");
        assertTrue(browser.text(HOP + "receiver .lost").endsWith("/s as usual"));

        instance.drops(Side.CLIENT, DropReason.TRUNCATED_HEADER, 900);
        browser.awaitText(VERDICT, "First loss: Receiver");
        assertFalse(browser.text("#why-what").contains("busy"), browser.text("#why-what"));
    }

    @Test
    void saysThatTheInstanceCannotBeReachedAndFindsItAgain() throws IOException {
        instance.forwards(1000, 1, 1, 1);
        visit();
        browser.awaitText("#state", "Live");

        instance.vanish();
        browser.awaitText("#trouble", "This instance cannot be reached since");
        assertEquals("Not reachable", browser.text("#state"));
        assertTrue(browser.text("#trouble").contains("Trying again every second"));

        instance.drain();
        instance.comeBack();
        browser.awaitText("#state", "Live");
        assertEquals("", browser.text("#trouble"));
        browser.awaitText("#readiness", "draining");
    }

    @Test
    void hasNoKnownBarrierInLightAndDarkAndOnNarrowScreens() throws IOException {
        instance.forwards(1000, 2, 2, 2)
                .machine()
                .socket("recv-1", 200)
                .drops(Side.BACKEND, DropReason.NO_SESSION, 3);
        visit();
        browser.awaitText(VERDICT, "First loss");
        browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        browser.awaitText("#path-counters", "homing_machine_nic_total");
        browser.run(axe());

        assertEquals("", barriers(), "light");
        browser.prefer("dark");
        assertEquals("", barriers(), "dark");
        browser.resize(360, 800);
        assertEquals("", barriers(), "dark and narrow");
        assertEquals(360L, browser.run("return document.documentElement.scrollWidth"));
    }

    /// One sentence for each rule that is broken, with where; colours change without a glide.
    private static String barriers() {
        return String.valueOf(
                browser.runAsync(
                        """
                        const found = await axe.run(document, {resultTypes: ['violations']});
                        return found.violations.map(v => v.id + ': ' + v.help + ': '
                          + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | ')).join('\\n');
                        """));
    }

    private static String axe() throws IOException {
        try (InputStream script = LivePageTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void canBeUsedWithTheKeyboardAlone() {
        instance.forwards(10, 1, 1, 1);
        visit();
        browser.awaitText("#state", "Live");

        browser.press(Keys.TAB);
        assertEquals("#live", browser.run("return document.activeElement.getAttribute('href')"));
        assertFalse(
                browser.run("return getComputedStyle(document.activeElement).outlineStyle")
                        .equals("none"));
        browser.press(Keys.TAB);
        assertEquals("pause", browser.run("return document.activeElement.id"));
        browser.press(Keys.ENTER);
        browser.awaitText("#state", "Paused");
        assertEquals("Go on", browser.text("#pause"));
        browser.press(Keys.ENTER);
        browser.awaitText("#state", "Live");
    }

    @Test
    void showsTheNamesOfFortyBackendsAndSixteenThreadsAsTextWhateverTheyHold() {
        instance.forwards(100_000, 8, 8, 39)
                .set("homing_backend_sessions{backend=\"<img src=x onerror=alert(1)>\"}", 1);
        visit();
        browser.awaitText("#backends-summary", "40 with 274 sessions");

        assertEquals(40, browser.count("#backends-table tbody tr"));
        assertEquals(16, browser.count("#threads-table tbody tr"));
        assertEquals(64, browser.count("#queues-table tbody td"));
        assertEquals("<img src=x onerror=alert(1)>", browser.text("#backends-table tbody th"));
        assertEquals(0, browser.count("#backends-table img"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void showsTheConfigurationInTheFormOfItsFile() {
        instance.forwards(10, 1, 1, 1);
        visit();
        browser.awaitText("#state", "Live");
        browser.run("document.querySelector('#configuration details').open = true");

        assertEquals(
                """
                pools:
                  web:
                    backends:
                      - name: b-0
                        address: 10.0.0.1:4433
                        weight: 1
                        state: active
                sockets:
                  trains: true
                  source-addresses: []
                hash-key: "********"
                """,
                browser.text("#configuration-text"));
        assertEquals(
                "b-0 active 7 web 10.0.0.1:4433 1",
                browser.text("#backends-table tbody tr").replaceAll("\\s+", " "));
    }

    @Test
    void readsWhatPrometheusTextMayHold() {
        visit();

        assertEquals(
                List.of("a\"b\\c\nd}", 1L, 2L, "x", 6L, true),
                browser.runAsync(
                        """
                        const {Samples} = await import('/live/samples.js');
                        const text = given[0];
                        const samples = new Samples(text, 0);
                        return [samples.all('one')[0].labels.l, samples.sum('one'), samples.sum('two'),
                          samples.all('three')[0].labels.b, samples.sum('three'),
                          samples.max('four') === Infinity && samples.sum('five') === null];
                        """,
                        """
                        # HELP one with "quotes" and {braces}
                        # TYPE one counter
                        one{l="a\\"b\\\\c\\nd}"} 1.0
                        two 2e0 1700000000000
                        three{a="",b="x",} 1
                        three{a="y", b="z"} 5
                        four +Inf
                        five NaN
                        """));
    }

    @Test
    void estimatesQuantilesAsPrometheusDoes() {
        visit();

        assertEquals(
                List.of(0.3, 1L, 4L),
                browser.runAsync(
                        """
                        const {Samples} = await import('/live/samples.js');
                        const {Recent} = await import('/live/recent.js');
                        const recent = new Recent();
                        const at = (counts, ms) => new Samples(['0.2', '0.4', '1.0', '+Inf']
                          .map((le, i) => `h_bucket{le="${le}"} ${counts[i]}`).join('\\n') + `\\nc_total ${counts[0]}\\n`, ms);
                        recent.add(at([100, 100, 100, 100], 0));
                        recent.add(at([104, 108, 108, 110], 1000));
                        return [Number(recent.quantile(0.6, 'h').toFixed(6)), recent.quantile(0.99, 'h') , recent.rate('c_total')];
                        """));
    }

    @Test
    void takesTheTimeBetweenTwoReadingsFromTheInstanceBecauseAnswersMayBeLate() {
        visit();

        assertEquals(
                List.of(500L, 1000L),
                browser.runAsync(
                        """
                        const {Samples} = await import('/live/samples.js');
                        const {Recent} = await import('/live/recent.js');
                        const rate = (from, to) => {
                          const recent = new Recent();
                          recent.add(new Samples(`${from}c_total 1000\\n`, 0));
                          recent.add(new Samples(`${to}c_total 2000\\n`, 1000));
                          return recent.rate('c_total');
                        };
                        return [rate('process_uptime_seconds 7\\n', 'process_uptime_seconds 9\\n'), rate('', '')];
                        """));
    }
}
