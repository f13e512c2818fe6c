package dev.homing.observe.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdminServerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS =
            "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// Where a part of the page names another: `href="/live/page.css"`, `from './samples.js'`.
    private static final Pattern PART =
            Pattern.compile("(?:\"/live/|from '\\./)([a-z-]+\\.[a-z]+)[\"']");

    private final AtomicInteger scrapes = new AtomicInteger();
    private final AtomicReference<Health> ready = new AtomicReference<>(Health.good("forwarding"));
    private volatile Function<String, Reply> traces =
            query -> new Reply.Refused(409, "one at a time: " + query);
    private final Map<String, Deed> deeds = new ConcurrentHashMap<>();
    private String metricsText = "homing_up 1\n";
    private AdminServer server;
    private HttpClient client;

    @BeforeEach
    void open() throws IOException {
        server = open(64, 60_000);
        client = HttpClient.newBuilder().connectTimeout(DEADLINE).build();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private AdminServer open(int connectionsMax, long answerTimeoutMs) throws IOException {
        return AdminServer.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new AdminPages(
                        contentType -> {
                            scrapes.incrementAndGet();
                            return metricsText + "# " + contentType + "\n";
                        },
                        () -> Health.good("3 threads turn"),
                        ready::get,
                        Map.of("/config.json", () -> "{\"a\": 1}"),
                        query -> traces.apply(query),
                        path -> Optional.ofNullable(deeds.get(path))),
                new OwnPages(List.of("lb.example.net")),
                new Connections(connectionsMax),
                answerTimeoutMs);
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                        .version(HttpClient.Version.HTTP_1_1)
                        .timeout(DEADLINE)
                        .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout((int) DEADLINE.toMillis());
        return socket;
    }

    /// Until the server closes the connection.
    private static String exchange(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    @Test
    void servesMetricsInTheFormatThatTheClientPrefers() throws Exception {
        HttpResponse<String> text = send("GET", "/metrics");
        assertEquals(200, text.statusCode());
        assertEquals(TEXT, text.headers().firstValue("content-type").orElseThrow());
        assertEquals("no-store", text.headers().firstValue("cache-control").orElseThrow());
        assertEquals("homing_up 1\n# " + TEXT + "\n", text.body());

        HttpResponse<String> open =
                send(
                        "GET",
                        "/metrics?name=x",
                        "Accept",
                        "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.3");
        assertEquals(OPEN_METRICS, open.headers().firstValue("content-type").orElseThrow());
        assertEquals("homing_up 1\n# " + OPEN_METRICS + "\n", open.body());
    }

    @Test
    void tellsWhetherItIsAliveAndReady() throws Exception {
        for (String path : List.of("/livez", "/healthz", "/readyz")) {
            assertEquals(200, send("GET", path).statusCode(), path);
            assertEquals("ok\n", send("GET", path).body(), path);
        }
        assertEquals(
                "[+]live: 3 threads turn\nhealthz check passed\n",
                send("GET", "/healthz?verbose").body());

        ready.set(Health.bad("draining, 7 sessions left"));

        assertEquals(503, send("GET", "/readyz").statusCode());
        assertEquals("draining, 7 sessions left\n", send("GET", "/readyz").body());
        assertEquals(
                "[-]ready: draining, 7 sessions left\nreadyz check failed\n",
                send("GET", "/readyz?x=1&verbose=true").body());
        assertEquals("draining, 7 sessions left\n", send("GET", "/readyz?verbosely").body());
        assertEquals(200, send("GET", "/livez").statusCode());
    }

    @Test
    void answersHeadWithTheLengthAndWithoutTheBody() throws Exception {
        HttpResponse<String> got = send("GET", "/metrics");
        HttpResponse<String> head = send("HEAD", "/metrics");

        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(
                got.headers().firstValue("content-length"),
                head.headers().firstValue("content-length"));
        assertEquals(
                Integer.toString(got.body().length()),
                got.headers().firstValue("content-length").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "/metric",
        "/metrics/",
        "/livez/x",
        "/..%2fmetrics",
        "/%zz",
        "/live/",
        "/live/page.html",
        "/live/../x"
    })
    void listsThePagesWhereThereIsNone(String path) throws Exception {
        try (Socket socket = connect()) {
            String answer =
                    exchange(
                            socket,
                            "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertTrue(answer.startsWith("HTTP/1.1 404 Not Found\r\n"), answer);
            assertTrue(answer.contains("/metrics         metrics for Prometheus\n"), answer);
            assertTrue(answer.contains("/readyz "), answer);
        }
    }

    @Test
    void servesTheLivePageWithAllItsPartsAndLetsItLoadNothingElse() throws Exception {
        HttpResponse<String> page = send("GET", "/");
        assertEquals(200, page.statusCode());
        assertEquals(
                "text/html; charset=utf-8",
                page.headers().firstValue("content-type").orElseThrow());
        String policy = page.headers().firstValue("content-security-policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertEquals("nosniff", page.headers().firstValue("x-content-type-options").orElseThrow());

        Set<String> asked = new HashSet<>(Set.of("/"));
        Deque<String> parts = new ArrayDeque<>(asked);
        while (!parts.isEmpty()) {
            String part = parts.pop();
            HttpResponse<String> answer = send("GET", part);
            assertEquals(200, answer.statusCode(), part);
            assertFalse(answer.body().contains("innerHTML"), part);
            PART.matcher(answer.body())
                    .results()
                    .map(found -> "/live/" + found.group(1))
                    .filter(asked::add)
                    .forEach(parts::push);
        }
        assertTrue(asked.contains("/live/samples.js"), asked.toString());
        assertEquals(LivePage.paths(), asked);
    }

    @Test
    void servesDocumentsAsJson() throws Exception {
        HttpResponse<String> answer = send("GET", "/config.json");

        assertEquals(200, answer.statusCode());
        assertEquals("application/json", answer.headers().firstValue("content-type").orElseThrow());
        assertEquals("{\"a\": 1}", answer.body());
        assertEquals(405, send("POST", "/config.json").statusCode());
        assertEquals(405, send("POST", "/").statusCode());
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"})
    void allowsReadingOnly(String method) throws Exception {
        HttpResponse<String> answer = send(method, "/metrics");

        assertEquals(405, answer.statusCode());
        assertEquals("GET, HEAD", answer.headers().firstValue("allow").orElseThrow());
        assertEquals(0, scrapes.get());
    }

    @Test
    void answersRequestsInTheAbsoluteFormAndThoseOfHttp10() throws Exception {
        try (Socket socket = connect()) {
            String answer =
                    exchange(
                            socket,
                            "GET http://x:1/livez?verbose HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
            assertTrue(answer.endsWith("livez check passed\n"), answer);
        }
        try (Socket socket = connect()) {
            String answer = exchange(socket, "GET /livez HTTP/1.0\r\n\r\n");
            assertTrue(answer.contains(" 200 OK\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\nok\n"), answer);
        }
    }

    @Test
    void keepsTheConnectionForTheNextRequestAndAnswersPipelinedOnesInOrder() throws Exception {
        try (Socket socket = connect()) {
            String answer =
                    exchange(
                            socket,
                            "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
                                    + "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
                                    + "HEAD /readyz HTTP/1.1\r\nHost: x\r\n\r\n"
                                    + "GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            List<String> statuses =
                    answer.lines().filter(line -> line.startsWith("HTTP/")).toList();
            assertEquals(
                    List.of(
                            "HTTP/1.1 200 OK",
                            "HTTP/1.1 404 Not Found",
                            "HTTP/1.1 200 OK",
                            "HTTP/1.1 200 OK"),
                    statuses);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "414, 5000, 10, 0",
        "431, 10, 9000, 0",
        "413, 10, 10, 1025",
    })
    void refusesRequestsThatAreTooLong(int status, int lineLength, int headerLength, int bodyLength)
            throws Exception {
        try (Socket socket = connect()) {
            String answer =
                    exchange(
                            socket,
                            "GET /livez?"
                                    + "x".repeat(lineLength)
                                    + " HTTP/1.1\r\nHost: x\r\nX: "
                                    + "x".repeat(headerLength)
                                    + "\r\nContent-Length: "
                                    + bodyLength
                                    + "\r\n\r\n"
                                    + "x".repeat(bodyLength));

            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        }
    }

    @Test
    void skipsAShortBody() throws Exception {
        try (Socket socket = connect()) {
            String answer =
                    exchange(
                            socket,
                            "POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 1024\r\n\r\n"
                                    + "x".repeat(1024)
                                    + "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertTrue(answer.startsWith("HTTP/1.1 405 Method Not Allowed\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\nok\n"), answer);
        }
    }

    @Test
    void refusesWhatIsNoHttp() throws Exception {
        try (Socket socket = connect()) {
            String answer = exchange(socket, "\u0016\u0003\u0001 hello\r\n\r\n");

            assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"), answer);
        }
        assertEquals(200, send("GET", "/livez").statusCode());
    }

    @Test
    void answersEvenIfAPageFails() throws Exception {
        server.close();
        server =
                AdminServer.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        contentType -> {
                            throw new IllegalStateException("a failure made by this test");
                        },
                        () -> Health.good(""),
                        () -> Health.good(""),
                        Map.of(),
                        traces);

        assertEquals(500, send("GET", "/metrics").statusCode());
        assertEquals(
                "this page failed; the reason is in the log\n", send("GET", "/metrics").body());
        assertEquals(200, send("GET", "/livez").statusCode());
    }

    @Test
    void closesTheConnectionThatWasOfUseLongestAgoWhenThereAreTooMany() throws Exception {
        server.close();
        server = open(3, 60_000);
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                sockets.add(connect());
                ask(sockets.get(i));
            }
            ask(sockets.get(0));
            sockets.add(connect());
            ask(sockets.get(3));

            assertEquals(-1, sockets.get(1).getInputStream().read());
            ask(sockets.get(0));
            ask(sockets.get(2));
            ask(sockets.get(3));
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\nok\n") < 0) {
            int octet = in.read();
            assertTrue(octet >= 0, () -> "closed after: " + answer);
            answer.append((char) octet);
        }
    }

    @Test
    void closesConnectionsThatAreIdleOrSendTheirRequestTooSlowly() throws Exception {
        server.close();
        server = open(64, 100);
        try (Socket idle = connect();
                Socket slow = connect();
                Socket used = connect()) {
            slow.getOutputStream().write("GET /live".getBytes(US_ASCII));
            ask(used);

            assertEquals(-1, idle.getInputStream().read());
            assertEquals(-1, slow.getInputStream().read());
            assertEquals(-1, used.getInputStream().read());
        }
    }

    @Test
    void makesNoMoreAnswersThanTheClientReads() throws Exception {
        metricsText = "x".repeat(1 << 20);
        int requests = 400;
        byte[] allAtOnce =
                "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(requests).getBytes(US_ASCII);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(allAtOnce);
            // The others go on: one thread answers them all.
            for (int i = 0; i < 20; i++) {
                assertEquals(200, send("GET", "/livez").statusCode());
            }
            // What is made and not read lies in the buffers of two sockets, a few MB each at most.
            assertTrue(scrapes.get() < requests / 2, () -> "answers made: " + scrapes.get());

            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            while (total < (long) requests << 20) {
                int read = in.read(buffer);
                assertTrue(read > 0, "closed too early");
                total += read;
            }
            assertEquals(requests, scrapes.get());
        }
    }

    @Test
    void saysInOneSentenceThatTheAddressIsInUse() {
        InetSocketAddress address = server.address();

        IOException refused =
                assertThrows(
                        IOException.class,
                        () ->
                                AdminServer.open(
                                        address,
                                        contentType -> "",
                                        () -> Health.good(""),
                                        () -> Health.good(""),
                                        Map.of(),
                                        traces));

        assertEquals(
                "cannot serve metrics and health on 127.0.0.1:"
                        + address.getPort()
                        + ": the address is in use. Stop the process that has it, or give another address with"
                        + " --admin ADDRESS, or --admin off.",
                refused.getMessage());
    }

    @Test
    void saysInOneSentenceThatTheAddressIsOfAnotherMachine() {
        IOException refused =
                assertThrows(
                        IOException.class,
                        () ->
                                AdminServer.open(
                                        new InetSocketAddress("192.0.2.1", 9090),
                                        contentType -> "",
                                        () -> Health.good(""),
                                        () -> Health.good(""),
                                        Map.of(),
                                        traces));

        assertEquals(
                "cannot serve metrics and health on 192.0.2.1:9090: no interface of this machine has this address."
                        + " Correct it, or give another address with --admin ADDRESS, or --admin off.",
                refused.getMessage());
    }

    /// Pieces that a test gives, until it says that it is over.
    private static class Pieces implements LongAnswer {

        final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        final AtomicBoolean hasBegun = new AtomicBoolean(true);
        final AtomicBoolean isOver = new AtomicBoolean();
        final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public String contentType() {
            return "text/pieces";
        }

        @Override
        public boolean hasBegun() {
            return hasBegun.get();
        }

        @Override
        public boolean isOver() {
            return isOver.get();
        }

        @Override
        public boolean write(OutputStream out) throws IOException {
            String piece = pieces.poll();
            if (piece != null) {
                out.write(piece.getBytes(US_ASCII));
            }
            return !pieces.isEmpty();
        }

        @Override
        public void writeEnd(OutputStream out) throws IOException {
            out.write("end\n".getBytes(US_ASCII));
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private static void awaitClosed(Pieces pieces) throws InterruptedException {
        assertTrue(pieces.closed.await(DEADLINE.toSeconds(), SECONDS), "it was not closed");
    }

    @Test
    void sendsALongAnswerPieceByPiece() throws Exception {
        Pieces answer = new Pieces();
        List<String> queries = new CopyOnWriteArrayList<>();
        traces =
                query -> {
                    queries.add(query);
                    return answer;
                };
        HttpResponse<InputStream> response =
                client.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:%d/trace?sample=1/10&x=y"
                                                        .formatted(server.address().getPort())))
                                .version(HttpClient.Version.HTTP_1_1)
                                .build(),
                        BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        assertEquals("text/pieces", response.headers().firstValue("content-type").orElseThrow());
        assertEquals(List.of("sample=1/10&x=y"), queries);
        try (InputStream body = response.body()) {
            answer.pieces.add("first\n");
            assertEquals("first\n", new String(body.readNBytes(6), US_ASCII));
            assertEquals(200, send("GET", "/livez").statusCode(), "others are served meanwhile");
            answer.pieces.add("second\n");
            assertEquals("second\n", new String(body.readNBytes(7), US_ASCII));
            answer.pieces.addAll(List.of("third\n", "fourth\n"));
            answer.isOver.set(true);
            assertEquals("third\nfourth\nend\n", new String(body.readAllBytes(), US_ASCII));
        }
        awaitClosed(answer);
        assertEquals(200, send("GET", "/livez").statusCode());
    }

    @Test
    void sendsTheHeadOfALongAnswerWhenItHasBegun() throws Exception {
        Pieces answer = new Pieces();
        answer.hasBegun.set(false);
        traces = query -> answer;
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("GET /trace HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertEquals(200, send("GET", "/livez").statusCode());
            assertEquals(0, socket.getInputStream().available());

            answer.hasBegun.set(true);

            assertEquals('H', socket.getInputStream().read());
        }
    }

    @Test
    void closesALongAnswerWhoseClientGoesAway() throws Exception {
        Pieces answer = new Pieces();
        traces = query -> answer;
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("GET /trace HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertEquals('H', socket.getInputStream().read());
        }

        awaitClosed(answer);
    }

    @Test
    void answersTheNextRequestAfterALongAnswer() throws Exception {
        Pieces answer = new Pieces();
        traces = query -> answer;
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(
                            ("GET /trace HTTP/1.1\r\nHost: x\r\n\r\n"
                                            + "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                                    .getBytes(US_ASCII));
            assertEquals('H', socket.getInputStream().read());
            answer.isOver.set(true);

            String rest = new String(socket.getInputStream().readAllBytes(), US_ASCII);

            assertTrue(rest.contains("4\r\nend\n\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n"), rest);
            assertTrue(rest.endsWith("ok\n"), rest);
        }
    }

    @Test
    void sendsALongAnswerWithoutChunksToAnOldClient() throws Exception {
        Pieces answer = new Pieces();
        answer.isOver.set(true);
        traces = query -> answer;
        try (Socket socket = connect()) {
            String all = exchange(socket, "GET /trace HTTP/1.0\r\n\r\n");

            assertTrue(all.endsWith("\r\n\r\nend\n"), all);
        }
        awaitClosed(answer);
    }

    @Test
    void closesLongAnswersWhenItIsClosed() throws Exception {
        Pieces answer = new Pieces();
        traces = query -> answer;
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("GET /trace HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertEquals('H', socket.getInputStream().read());

            server.close();

            awaitClosed(answer);
        }
    }

    @Test
    void closesALongAnswerThatFails() throws Exception {
        Pieces answer =
                new Pieces() {
                    @Override
                    public boolean write(OutputStream out) {
                        throw new IllegalStateException("a failure made by this test");
                    }
                };
        traces = query -> answer;
        try (Socket socket = connect()) {
            exchange(socket, "GET /trace HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        awaitClosed(answer);
    }

    @Test
    void tellsWhyThereIsNoTrace() throws Exception {
        HttpResponse<String> refused = send("GET", "/trace?a=b");
        assertEquals(409, refused.statusCode());
        assertEquals("one at a time: a=b\n", refused.body());

        HttpResponse<String> posted = send("POST", "/trace");
        assertEquals(405, posted.statusCode());
        assertEquals("GET", posted.headers().firstValue("allow").orElseThrow());
    }

    @Test
    void endsItsConnectionsWhenItIsClosed() throws Exception {
        try (Socket socket = connect()) {
            ask(socket);
            server.close();

            assertEquals(-1, readOrReset(socket));
            assertThrows(ConnectException.class, this::connect);
        }
    }

    private static int readOrReset(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    private int status(String method, String headers) throws IOException {
        try (Socket socket = connect()) {
            String answer =
                    exchange(
                            socket,
                            method + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    @Test
    void doesWhatAPostSaysAndAnswersWhenItIsDone() throws Exception {
        CompletableFuture<Deed.Done> done = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        deeds.put(
                "/config/reload",
                () -> {
                    begun.countDown();
                    return done;
                });
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return send("POST", "/config/reload?now");
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
        assertTrue(begun.await(DEADLINE.toSeconds(), SECONDS));
        assertEquals(200, send("GET", "/livez").statusCode(), "others need not wait");
        done.complete(new Deed.Done(409, "{\"result\":\"refused\"}"));

        assertEquals(409, answer.get(DEADLINE.toSeconds(), SECONDS).statusCode());
        assertEquals("{\"result\":\"refused\"}", answer.get().body());
        assertEquals(405, send("GET", "/config/reload").statusCode());
        assertEquals(405, send("PUT", "/config/reload").statusCode());
        assertEquals(405, send("POST", "/metrics").statusCode());
        assertEquals(404, send("POST", "/config/other").statusCode());
    }

    @Test
    void answersEvenIfADeedFails() throws Exception {
        deeds.put(
                "/a",
                () -> {
                    throw new IllegalStateException("a failure made by this test");
                });
        deeds.put("/b", () -> CompletableFuture.failedFuture(new IOException("another")));

        assertEquals(500, send("POST", "/a").statusCode());
        assertEquals(500, send("POST", "/b").statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9090, 200",
        "10.1.2.3, 200",
        "[::1]:9090, 200",
        "[fe80::1%eth0]:9090, 200",
        "localhost:9090, 200",
        "app.localhost, 200",
        "homing, 200",
        "homing:9090, 200",
        "lb.example.net:9090, 200",
        "LB.Example.NET., 200",
        "evil.example.com:9090, 403",
        "127.0.0.1.evil.example.com, 403",
        "lb.example.net.evil.example.com, 403",
        "user@127.0.0.1, 403",
        "1.2.3.4.5, 403",
    })
    void answersOnlyByNamesThatNobodyElseCanOwn(String host, int status) throws Exception {
        assertEquals(status, status("GET /livez", "Host: " + host + "\r\n"));
        deeds.put("/a", () -> CompletableFuture.completedFuture(new Deed.Done(200, "{}")));
        assertEquals(status, status("POST /a", "Host: " + host + "\r\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 200",
        "Origin: http://localhost:9090, 200",
        "Origin: https://localhost:9090, 200",
        "Origin: http://localhost:9091, 403",
        "Origin: http://evil.example.com, 403",
        "Origin: null, 403",
        "Sec-Fetch-Site: same-origin, 200",
        "Sec-Fetch-Site: none, 200",
        "Sec-Fetch-Site: same-site, 403",
        "Sec-Fetch-Site: cross-site, 403",
    })
    void doesNothingForPagesOfAnotherOrigin(String header, int status) throws Exception {
        AtomicInteger done = new AtomicInteger();
        deeds.put(
                "/a",
                () -> {
                    done.incrementAndGet();
                    return CompletableFuture.completedFuture(new Deed.Done(200, "{}"));
                });
        String headers = "Host: localhost:9090\r\n" + (header.isEmpty() ? "" : header + "\r\n");

        assertEquals(status, status("POST /a", headers));
        assertEquals(status == 200 ? 1 : 0, done.get());
    }

    @Test
    void followsALinkFromAnotherPage() throws Exception {
        assertEquals(
                200, status("GET /", "Host: localhost:9090\r\nSec-Fetch-Site: cross-site\r\n"));
    }

    @Test
    void saysInDetailHowReadyItIs() throws Exception {
        ready.set(
                Health.good("forwarding")
                        .with(List.of(new Health.Detail(false, "configuration", "refused"))));

        assertEquals(
                "[+]ready: forwarding\n[-]configuration: refused\nreadyz check passed\n",
                send("GET", "/readyz?verbose").body());
        assertEquals(200, send("GET", "/readyz").statusCode());
    }
}
