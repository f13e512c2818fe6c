package dev.homing.command;

import dev.homing.observe.samples.Scraper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Asks a running instance about backends, and tells it what to do with them.
final class BackendAdmin {

    /// @param state such as `draining`
    /// @param isDrained by the admin, beside what the configuration says
    /// @param isListed in the configuration
    record Entry(
            String pool,
            String name,
            String address,
            String state,
            boolean isDrained,
            boolean isListed,
            long sessions) {

        Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("pool", pool);
            values.put("name", name);
            values.put("address", address);
            values.put("state", state);
            values.put("drained", isDrained);
            values.put("listed", isListed);
            values.put("sessions", sessions);
            return values;
        }
    }

    private final Scraper scraper;

    BackendAdmin(Scraper scraper) {
        this.scraper = scraper;
    }

    /// @param deed `drain` or `activate`
    /// @return the backends that it was done to
    /// @throws IOException with the instance's own sentence if it has no such backend
    List<Entry> tell(String name, String deed) throws IOException, InterruptedException {
        String path = "/backends/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "/" + deed;
        return entries(scraper.post(path));
    }

    /// Those that a name means: it itself, and each of its addresses.
    List<Entry> find(String name) throws IOException, InterruptedException {
        return entries(scraper.page("/backends")).stream()
                .filter(entry -> entry.name().equals(name) || entry.name().startsWith(name + "/"))
                .toList();
    }

    /// Sessions toward backends, each address counted once: it may be in several pools.
    static long sessions(List<Entry> entries) {
        Map<String, Long> byAddress = new LinkedHashMap<>();
        entries.forEach(entry -> byAddress.put(entry.address(), entry.sessions()));
        return byAddress.values().stream().mapToLong(Long::longValue).sum();
    }

    /// JSON is YAML (YAML 1.2.2 section 1.2).
    private static List<Entry> entries(String json) throws IOException {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(json);
        if (!(tree instanceof Map<?, ?> map) || !(map.get("backends") instanceof List<?> list)) {
            throw new IOException("what answers tells of no backends. Is it Homing?");
        }
        List<Entry> entries = new ArrayList<>();
        for (Object item : list) {
            if (item instanceof Map<?, ?> entry
                    && entry.get("sessions") instanceof Number sessions) {
                entries.add(
                        new Entry(
                                String.valueOf(entry.get("pool")),
                                String.valueOf(entry.get("name")),
                                String.valueOf(entry.get("address")),
                                String.valueOf(entry.get("state")),
                                Boolean.TRUE.equals(entry.get("drained")),
                                Boolean.TRUE.equals(entry.get("listed")),
                                sessions.longValue()));
            }
        }
        return entries;
    }
}
