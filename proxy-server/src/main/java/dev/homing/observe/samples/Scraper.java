package dev.homing.observe.samples;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks a running instance, through its admin address, over one connection that stays open.
///
/// What goes wrong is an [IOException] with a sentence for users.
public final class Scraper implements AutoCloseable {

    /// As the configuration has it: `admin.address`.
    public static final String DEFAULT_ADDRESS = "127.0.0.1:9090";

    private static final int HTTP_OK = 200;
    private static final int HTTP_BAD_REQUEST = 400;
    private static final int HTTP_CONFLICT = 409;
    private static final int SENTENCE_MAX_BYTES = 2000;
    private static final String TEXT = "text/plain; version=0.0.4";

    private final HttpClient http;
    private final Duration timeout;
    private final String address;

    /// @param address `NAME:PORT`, `IP:PORT`, `[IPv6]:PORT` or `:PORT` for this machine; `http://`
    ///   may stand before it
    /// @param timeout for connecting, and for an answer
    /// @throws IOException if this is no address
    public Scraper(String address, Duration timeout) throws IOException {
        this.address = plain(address);
        this.timeout = timeout;
        uri("/");
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .build();
    }

    private static String plain(String address) {
        String plain = address.startsWith("http://") ? address.substring(7) : address;
        plain = plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
        return plain.matches(":[0-9]+") ? "127.0.0.1" + plain : plain;
    }

    /// `/metrics`, understood.
    public Samples scrape() throws IOException, InterruptedException {
        String text = page("/metrics");
        try {
            return Samples.parse(text);
        } catch (UnreadableText e) {
            throw new IOException(
                    "what answers at http://%s/metrics is not Prometheus text: %s. Is it Homing?"
                            .formatted(address, e.getMessage()),
                    e);
        }
    }

    /// A page of the admin address, as text.
    ///
    /// @param path begins with `/`
    public String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(path, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != HTTP_OK) {
            throw unexpected(path, answer.statusCode());
        }
        return answer.body();
    }

    /// Has the instance do something.
    ///
    /// @param path begins with `/`
    /// @return its answer
    /// @throws IOException with the instance's own words where it refuses
    public String post(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(
                        request(path).POST(HttpRequest.BodyPublishers.noBody()).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != HTTP_OK) {
            String words = answer.body().strip();
            throw new IOException(
                    address
                            + " refuses: "
                            + words.substring(0, Math.min(words.length(), SENTENCE_MAX_BYTES)));
        }
        return answer.body();
    }

    /// A page that comes piece by piece.
    ///
    /// @param path begins with `/`
    /// @throws IOException with the instance's own sentence where it refuses
    public InputStream stream(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = ask(path, HttpResponse.BodyHandlers.ofInputStream());
        int status = answer.statusCode();
        if (status == HTTP_BAD_REQUEST || status == HTTP_CONFLICT) {
            try (InputStream sentence = answer.body()) {
                throw new IOException(
                        address
                                + " refuses: "
                                + new String(
                                                sentence.readNBytes(SENTENCE_MAX_BYTES),
                                                StandardCharsets.UTF_8)
                                        .strip());
            }
        }
        if (status != HTTP_OK) {
            answer.body().close();
            throw unexpected(path, status);
        }
        return answer.body();
    }

    private IOException unexpected(String path, int status) {
        return new IOException(
                "http://%s%s answers with status %d. Is it Homing, and of this version?"
                        .formatted(address, path, status));
    }

    private <T> HttpResponse<T> ask(String path, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return send(request(path).build(), handler);
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(uri(path)).timeout(timeout).header("Accept", TEXT);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        try {
            return http.send(request, handler);
        } catch (HttpConnectTimeoutException e) {
            throw failure("no connection within " + seconds(), "Is the address right?", e);
        } catch (HttpTimeoutException e) {
            throw failure("no answer within " + seconds(), "Is the machine overloaded?", e);
        } catch (ConnectException e) {
            throw unconnected(e);
        } catch (IOException e) {
            throw failure("the connection broke: " + e.getMessage(), "Try again.", e);
        }
    }

    /// The exception itself says nothing; what it was caused by does.
    private IOException unconnected(ConnectException e) {
        Throwable first = e;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        if (first instanceof UnresolvedAddressException) {
            return failure("the name has no address", "Give an address with --admin.", e);
        }
        String reason = first.getMessage() == null ? "Connection refused" : first.getMessage();
        return reason.contains("refused")
                ? failure(
                        "the connection is refused",
                        "Is Homing running, and is this its admin.address? Give another one with --admin.",
                        e)
                : failure(reason, "Is the address right?", e);
    }

    private URI uri(String path) throws IOException {
        try {
            URI uri = URI.create("http://" + address + path);
            // A name with a character that names do not have leaves no host, but no exception.
            if (uri.getHost() != null && uri.getPort() > 0 && address.matches("[^/?#@]+")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw noAddress(e);
        }
        throw noAddress(null);
    }

    private IOException noAddress(@Nullable Exception cause) {
        return new IOException(
                "'%s' is not an address with a port: write HOST:PORT, or [IPv6]:PORT."
                        .formatted(address),
                cause);
    }

    private IOException failure(String what, String remedy, Exception cause) {
        return new IOException(
                "cannot ask the admin address %s: %s. %s".formatted(address, what, remedy), cause);
    }

    private String seconds() {
        return timeout.toMillis() / 1000.0 + " s";
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
