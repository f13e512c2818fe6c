package dev.homing.observe.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which page answers a request. Used by one event loop only.
final class AdminPages {

    private static final Logger LOG = LoggerFactory.getLogger(AdminPages.class);

    private static final String CONTENTS =
            """
            There is no such page. There are:
              /                what happens now, for people
              /metrics         metrics for Prometheus
              /config.json     the configuration in force, secrets masked
              /reference.json  what the words in the metrics mean
              /livez           whether the process works (also /healthz)
              /readyz          whether it takes new connections
              /trace           what becomes of single datagrams: ?sample=1/1000&duration=10s
              /backends        the backends with their states and sessions
            And for POST:
              /config/reload            read the configuration again
              /backends/NAME/drain      no new connections to this backend
              /backends/NAME/activate   new connections to it again
            """;

    private static final String TRACE = "/trace";
    private static final String JSON = "application/json";

    private static final String ALLOW = "GET, HEAD";

    /// RFC 9112 section 3.2.2: a server must accept the absolute form.
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://[^/?]*");

    private static final Pattern VERBOSE = Pattern.compile("(?:.*&)?verbose(?:[=&].*)?");

    private final UnaryOperator<String> metrics;
    private final Supplier<Health> live;
    private final Supplier<Health> ready;
    private final Map<String, Supplier<String>> documents;
    private final Function<String, Reply> traces;
    private final Function<String, Optional<Deed>> deeds;
    private final LivePage livePage = new LivePage();

    /// @param documents JSON texts by their paths
    /// @param traces from the query of a URL, without its mark
    /// @param deeds from the path of a URL to what a POST to it does; empty if nothing
    AdminPages(
            UnaryOperator<String> metrics,
            Supplier<Health> live,
            Supplier<Health> ready,
            Map<String, Supplier<String>> documents,
            Function<String, Reply> traces,
            Function<String, Optional<Deed>> deeds) {
        this.metrics = metrics;
        this.live = live;
        this.ready = ready;
        this.documents = Map.copyOf(documents);
        this.traces = traces;
        this.deeds = deeds;
    }

    /// What comes of a request for a page that takes a while; null for any other request.
    @Nullable Reply longAnswer(HttpMethod method, String uri) {
        String origin = origin(uri);
        int mark = origin.indexOf('?');
        if (!method.equals(HttpMethod.GET)
                || !(mark < 0 ? origin : origin.substring(0, mark)).equals(TRACE)) {
            return null;
        }
        return traces.apply(mark < 0 ? "" : origin.substring(mark + 1));
    }

    /// What a request does; empty if it only asks.
    Optional<Deed> deed(HttpMethod method, String uri) {
        return method.equals(HttpMethod.POST) ? deeds.apply(path(uri)) : Optional.empty();
    }

    private static String path(String uri) {
        String origin = origin(uri);
        int mark = origin.indexOf('?');
        return mark < 0 ? origin : origin.substring(0, mark);
    }

    private static String origin(String uri) {
        return ABSOLUTE.matcher(uri).lookingAt() ? ABSOLUTE.matcher(uri).replaceFirst("") : uri;
    }

    Answer answer(HttpMethod method, String uri, String accept) {
        String origin = origin(uri);
        int mark = origin.indexOf('?');
        String path = mark < 0 ? origin : origin.substring(0, mark);
        boolean isVerbose = mark >= 0 && VERBOSE.matcher(origin.substring(mark + 1)).matches();
        return switch (path) {
            case "/metrics" -> read(method, path, () -> metrics(accept));
            case "/livez", "/healthz" ->
                    read(method, path, () -> health(path, "live", live.get(), isVerbose));
            case "/readyz" ->
                    read(method, path, () -> health(path, "ready", ready.get(), isVerbose));
            case TRACE -> Answer.notAllowed("GET");
            default -> other(method, path);
        };
    }

    private Answer other(HttpMethod method, String path) {
        Supplier<String> document = documents.get(path);
        if (document != null) {
            return read(method, path, () -> Answer.page(JSON, document.get()));
        }
        if (LivePage.has(path)) {
            return read(method, path, () -> livePage.answer(path));
        }
        return deeds.apply(path).isPresent()
                ? Answer.notAllowed("POST")
                : Answer.plain(HttpResponseStatus.NOT_FOUND, CONTENTS);
    }

    private Answer read(HttpMethod method, String path, Supplier<Answer> page) {
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            return Answer.notAllowed(ALLOW);
        }
        try {
            return page.get();
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("path", path).setCause(e).log("admin-page-failed");
            return Answer.failed();
        }
    }

    private Answer metrics(String accept) {
        String contentType = MetricsFormat.preferredBy(accept).contentType();
        return Answer.page(contentType, metrics.apply(contentType));
    }

    private static Answer health(String path, String what, Health health, boolean isVerbose) {
        String brief = health.isGood() ? "ok\n" : health.reason() + "\n";
        StringBuilder lines = new StringBuilder(line(health.isGood(), what, health.reason()));
        health.details()
                .forEach(detail ->
                        lines.append(line(detail.isGood(), detail.name(), detail.text())));
        String verbose =
                lines
                        + path.substring(1)
                        + (health.isGood() ? " check passed\n" : " check failed\n");
        return Answer.plain(
                health.isGood() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
                isVerbose ? verbose : brief);
    }

    private static String line(boolean isGood, String what, String text) {
        return (isGood ? "[+]" : "[-]") + what + ": " + text + "\n";
    }
}
