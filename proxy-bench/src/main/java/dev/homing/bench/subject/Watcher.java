package dev.homing.bench.subject;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Watches a running Homing as its operators do, until it is closed: scrapes the metrics every
/// second, and reads a trace of one connection in a thousand. Works on threads of its own.
///
/// A proxy is watched for weeks, a benchmark's for a minute. So while it warms up, scrapes follow
/// each other at once and one connection in twenty is traced, and the JVM has compiled what that
/// needs before anything is measured.
final class Watcher implements Running.State {

    private static final Duration BETWEEN_SCRAPES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WARM_UP_SCRAPES = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String METRICS = "/metrics";
    private static final String TRACE = "/trace?duration=60s&sample=1/1000";
    private static final String WARM_UP_TRACE = "/trace?duration=60s&sample=1/20";
    private static final int OK = 200;

    private final URI admin;
    private final boolean isWarmUp;
    private final HttpClient client = HttpClient.newHttpClient();

    /// Counted down when metrics and a trace have been answered once.
    private final CountDownLatch begun = new CountDownLatch(2);

    private volatile boolean isClosed;
    private volatile Optional<String> failure = Optional.empty();

    private Watcher(int port, boolean isWarmUp) {
        admin = URI.create("http://127.0.0.1:" + port);
        this.isWarmUp = isWarmUp;
    }

    /// Returns when the first scrape has been answered and connections are traced.
    ///
    /// @param port of the admin address, on the loopback address
    static Watcher begin(int port, boolean isWarmUp) throws IOException {
        Watcher watcher = new Watcher(port, isWarmUp);
        Thread.ofVirtual().start(watcher::scrape);
        Thread.ofVirtual().start(watcher::trace);
        watcher.awaitBeginning();
        return watcher;
    }

    private void awaitBeginning() throws IOException {
        try {
            if (!begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                fail("no answer within " + PATIENCE.toSeconds() + " s");
                close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted");
            close();
        }
    }

    private void scrape() {
        Duration pause = isWarmUp ? BETWEEN_WARM_UP_SCRAPES : BETWEEN_SCRAPES;
        ask(METRICS);
        begun.countDown();
        while (!isClosed) {
            LockSupport.parkNanos(pause.toNanos());
            ask(METRICS);
        }
    }

    private void trace() {
        while (!isClosed) {
            ask(isWarmUp ? WARM_UP_TRACE : TRACE);
        }
    }

    /// Reads an answer to its end. A trace's head comes when all threads trace.
    private void ask(String path) {
        BodyHandler<Void> read =
                head -> {
                    if (!path.equals(METRICS)) {
                        begun.countDown();
                    }
                    return BodySubscribers.discarding();
                };
        try {
            HttpRequest request = HttpRequest.newBuilder(admin.resolve(path)).build();
            int status = client.send(request, read).statusCode();
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
        if (!isClosed) {
            failure = failure.or(() -> Optional.of(what));
            LockSupport.parkNanos(BETWEEN_SCRAPES.toNanos());
        }
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        client.shutdownNow();
        if (failure.isPresent()) {
            throw new IOException("not watched: " + failure.get());
        }
    }
}
