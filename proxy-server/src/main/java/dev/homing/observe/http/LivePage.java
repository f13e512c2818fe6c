package dev.homing.observe.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The live page and its parts, as they lie in the jar. They hold nothing of the instance: what it
/// shows, the page fetches from `/metrics`, `/config.json` and `/reference.json`. Used by one event
/// loop only.
///
/// The paths are a fixed list, so that no request can name another file.
final class LivePage {

    private static final String FOLDER = "live";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /// From the path to the content type.
    private static final Map<String, String> PARTS =
            Map.ofEntries(
                    Map.entry("/", "text/html; charset=utf-8"),
                    Map.entry("/live/page.css", "text/css; charset=utf-8"),
                    Map.entry("/live/path.css", "text/css; charset=utf-8"),
                    Map.entry("/live/icon.svg", "image/svg+xml"),
                    Map.entry("/live/main.js", SCRIPT),
                    Map.entry("/live/samples.js", SCRIPT),
                    Map.entry("/live/recent.js", SCRIPT),
                    Map.entry("/live/path.js", SCRIPT),
                    Map.entry("/live/dom.js", SCRIPT),
                    Map.entry("/live/numbers.js", SCRIPT),
                    Map.entry("/live/chart.js", SCRIPT),
                    Map.entry("/live/show-path.js", SCRIPT),
                    Map.entry("/live/show-threads.js", SCRIPT),
                    Map.entry("/live/show-tables.js", SCRIPT),
                    Map.entry("/live/show-limits.js", SCRIPT),
                    Map.entry("/live/show-configuration.js", SCRIPT));

    /// Read at the first request, and kept: most instances are never looked at.
    private final Map<String, Answer> read = new HashMap<>();

    static Set<String> paths() {
        return PARTS.keySet();
    }

    static boolean has(String path) {
        return PARTS.containsKey(path);
    }

    /// @param path that this page [has][#has]
    Answer answer(String path) {
        return read.computeIfAbsent(
                path, part -> Answer.page(Objects.requireNonNull(PARTS.get(part)), text(part)));
    }

    private static String text(String path) {
        String name =
                FOLDER + (path.equals("/") ? "/page.html" : path.substring(FOLDER.length() + 1));
        try (InputStream part = LivePage.class.getResourceAsStream(name)) {
            if (part == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(part.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
