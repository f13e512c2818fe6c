package dev.homing.bench.subject;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Watches a running Homing as its operators do: scrapes the metrics every second, and reads a
/// trace of one connection in a thousand. Works on threads of its own until it is closed.
///
/// A proxy is watched for weeks, a benchmark's only while it warms up. So the first five minutes'
/// scrapes follow each other quickly, and the JVM has compiled what they need before anything is
/// measured.
final class Watcher implements AutoCloseable {

    private static final Duration BETWEEN_SCRAPES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_FIRST_SCRAPES = Duration.ofMillis(20);
    private static final int FIRST_SCRAPES = 300;
    private static final String METRICS = "/metrics";
    private static final String TRACE = "/trace?sample=1/1000&duration=60s";
    private static final int OK = 200;

    private final URI admin;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Thread scraping;
    private final Thread tracing;
    private volatile boolean isClosed;
    private volatile Optional<String> failure = Optional.empty();

    /// @param port of the admin address, on the loopback address
    Watcher(int port) {
        admin = URI.create("http://127.0.0.1:" + port);
        scraping = Thread.ofVirtual().start(this::scrape);
        tracing = Thread.ofVirtual().start(this::trace);
    }

    private void scrape() {
        for (int i = 0; i < FIRST_SCRAPES && !isClosed; i++) {
            ask(METRICS);
            LockSupport.parkNanos(BETWEEN_FIRST_SCRAPES.toNanos());
        }
        while (!isClosed) {
            ask(METRICS);
            LockSupport.parkNanos(BETWEEN_SCRAPES.toNanos());
        }
    }

    private void trace() {
        while (!isClosed) {
            ask(TRACE);
        }
    }

    /// Reads an answer to its end.
    private void ask(String path) {
        try {
            int status =
                    client.send(
                                    HttpRequest.newBuilder(admin.resolve(path)).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode();
            if (status != OK) {
                fail(path + " answers with status " + status);
            }
        } catch (IOException e) {
            fail(path + " does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            isClosed = true;
        }
    }

    private void fail(String what) {
        failure = Optional.of(what);
        LockSupport.parkNanos(BETWEEN_SCRAPES.toNanos());
    }

    /// @throws IOException if something could not be read since the start: then nobody was watching
    void check() throws IOException {
        if (failure.isPresent()) {
            throw new IOException("not watched: " + failure.get());
        }
    }

    @Override
    public void close() {
        isClosed = true;
        client.shutdownNow();
        scraping.interrupt();
        tracing.interrupt();
    }
}
