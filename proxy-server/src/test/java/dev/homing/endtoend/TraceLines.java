package dev.homing.endtoend;

import dev.homing.observe.samples.Scraper;
import dev.homing.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A trace of a running Homing, read as JSON lines on a thread of its own. When it is there, all
/// threads of Homing take part in it.
final class TraceLines implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern FIELD = Pattern.compile("\"([a-z]+)\":(?:\"([^\"]*)\"|([0-9]+))");
    private static final int KEPT = 100_000;

    private final Scraper instance;
    private final List<Map<String, String>> records = new CopyOnWriteArrayList<>();
    private final AtomicLong count = new AtomicLong();
    private final Thread reader;

    private TraceLines(Scraper instance, BufferedReader lines, boolean keeps) {
        this.instance = instance;
        reader = Thread.ofPlatform().name("trace-lines").daemon().start(() -> read(lines, keeps));
    }

    /// Counts records, and does not keep them.
    static TraceLines begin(Homing homing, String query) throws Exception {
        return begin(homing, query, false);
    }

    /// Keeps records.
    static TraceLines keep(Homing homing, String query) throws Exception {
        return begin(homing, query, true);
    }

    private static TraceLines begin(Homing homing, String query, boolean keeps) throws Exception {
        Scraper instance = new Scraper(homing.admin(), TIMEOUT);
        return new TraceLines(
                instance,
                new BufferedReader(
                        new InputStreamReader(
                                instance.stream("/trace?" + query), StandardCharsets.UTF_8)),
                keeps);
    }

    private void read(BufferedReader lines, boolean keeps) {
        try (lines) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (keeps && count.get() < KEPT) {
                    Map<String, String> fields = new LinkedHashMap<>();
                    Matcher field = FIELD.matcher(line);
                    while (field.find()) {
                        fields.put(
                                field.group(1),
                                field.group(2) == null ? field.group(3) : field.group(2));
                    }
                    records.add(fields);
                }
                count.incrementAndGet();
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    long count() {
        return count.get();
    }

    /// What has come so far.
    List<Map<String, String>> records() {
        return List.copyOf(records);
    }

    /// Datagrams of this client that were sent on, in both directions.
    long datagrams(String client) {
        return records.stream()
                .filter(each -> client.equals(each.get("client")))
                .filter(each -> "sent".equals(each.get("verdict")))
                .mapToLong(each -> Long.parseLong(each.get("datagrams")))
                .sum();
    }

    void awaitDatagrams(String client, long expected) {
        Eventually.holds(
                () -> client + " has " + datagrams(client) + " of " + expected,
                Eventually.DEADLINE,
                () -> datagrams(client) >= expected);
    }

    @Override
    public void close() {
        instance.close();
        try {
            reader.join(TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
