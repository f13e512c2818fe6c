package dev.homing.testkit;

import dev.homing.demo.client.Transfer;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.demo.wire.Request;
import dev.homing.demo.wire.SeededBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.impl.QuicClientConnectionImpl;
import tech.kwik.core.log.NullLogger;

/// A kwik client (pure Java) that sends the demo's [Request]s. It can speak QUIC v2, change its
/// address and its connection IDs in mid-connection, and update its keys.
///
/// Methods wait, but never longer than [#TIMEOUT]. Not safe for use by several threads at once.
public final class KwikClient implements AutoCloseable {
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// kwik 0.10.8 sends its ClientHello before it has noted that it did. A server on the same
    /// machine can be faster; its ServerHello is then ignored, and the handshake never ends. One in
    /// a hundred does so on a busy machine.
    private static final int ATTEMPTS = 3;

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

    /// What the first packet says and what is spoken then.
    public enum Version {
        V1,
        V2,
        /// Begins with version 1 and lets the server go on with version 2 (RFC 9368).
        V1_THEN_V2
    }

    /// @param connectionIdLength length of the client's own connection IDs in bytes, 0 to 20
    public record Options(Version version, int connectionIdLength) {
        public static final Options STANDARD = new Options(Version.V1, 8);

        public Options withVersion(Version other) {
            return new Options(other, connectionIdLength);
        }

        public Options withConnectionIdLength(int other) {
            return new Options(version, other);
        }
    }

    private final QuicClientConnectionImpl connection;
    private final AtomicReference<InetAddress> nextLocal;
    private final AtomicReference<DatagramSocket> socket;
    private final KwikNudge nudge = new KwikNudge();
    private final AtomicReference<String> ending = new AtomicReference<>("kwik gave no reason");

    private KwikClient(
            QuicClientConnectionImpl connection,
            AtomicReference<InetAddress> nextLocal,
            AtomicReference<DatagramSocket> socket) {
        this.connection = connection;
        this.nextLocal = nextLocal;
        this.socket = socket;
        connection.setConnectionListener(event ->
                ending.set(
                        "%s, by peer %s, transport error %s, application error %s, %s"
                                .formatted(
                                        event.closeReason(),
                                        event.closedByPeer(),
                                        event.transportErrorCode(),
                                        event.applicationErrorCode(),
                                        event.errorDescription())));
    }

    /// Connects; throws when that fails or takes too long.
    public static KwikClient connect(
            InetSocketAddress server, DemoCertificate trusted, Options options) throws IOException {
        for (int left = ATTEMPTS; ; left--) {
            try {
                return attempt(server, trusted, options);
            } catch (ConnectException e) {
                if (left == 1) {
                    throw e;
                }
            }
        }
    }

    private static KwikClient attempt(
            InetSocketAddress server, DemoCertificate trusted, Options options) throws IOException {
        AtomicReference<InetAddress> nextLocal = new AtomicReference<>(near(server.getAddress()));
        AtomicReference<DatagramSocket> socket = new AtomicReference<>();
        QuicClientConnectionImpl.Builder builder =
                QuicClientConnectionImpl.newBuilder()
                        // The name that the certificate has; the proxy is where packets really go.
                        .host("localhost")
                        .proxy(server.getAddress().getHostAddress())
                        .port(server.getPort())
                        .applicationProtocol(Request.PROTOCOL)
                        .customTrustStore(trusted.trustStore())
                        .connectionIdLength(options.connectionIdLength())
                        .connectTimeout(ATTEMPT_TIMEOUT)
                        .maxIdleTimeout(Duration.ofSeconds(30))
                        .defaultStreamReceiveBufferSize(1L << 20)
                        .logger(new NullLogger())
                        .socketFactory(destination -> {
                            DatagramSocket opened = open(nextLocal.get());
                            socket.set(opened);
                            return opened;
                        });
        switch (options.version()) {
            case V1 -> builder.version(QuicConnection.QuicVersion.V1);
            case V2 -> builder.version(QuicConnection.QuicVersion.V2);
            case V1_THEN_V2 ->
                    builder.initialVersion(QuicConnection.QuicVersion.V1)
                            .preferredVersion(QuicConnection.QuicVersion.V2);
        }
        QuicClientConnectionImpl connection = (QuicClientConnectionImpl) builder.build();
        connection.connect();
        return new KwikClient(connection, nextLocal, socket);
    }

    /// kwik's own connection, for what is not offered here.
    public QuicClientConnectionImpl connection() {
        return connection;
    }

    /// The version that is spoken now.
    public QuicConnection.QuicVersion version() {
        return connection.getQuicVersion();
    }

    /// The connection ID that the client sends to now, in hexadecimal.
    public String destinationConnectionId() {
        return HexFormat.of().formatHex(connection.getDestinationConnectionId());
    }

    public InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.get().getLocalSocketAddress();
    }

    /// Goes on from another port of the same address, without changing the connection ID: to the
    /// server it looks like a NAT rebinding.
    public void changeAddress() {
        changeAddress(localAddress().getAddress());
    }

    /// Goes on from another port of the local address `local`.
    public void changeAddress(InetAddress local) {
        nextLocal.set(local);
        connection.changeAddress();
    }

    /// Goes on from another port and to another of the server's connection IDs at once, as a client
    /// that migrates does (RFC 9000 section 9.5). It sends nothing by itself: the next request is
    /// what the server sees first of it, unless kwik's own thread has an acknowledgement to send
    /// just then.
    public void migrate() {
        Eventually.holds(
                "the server gives a spare connection ID",
                () -> connection.nextDestinationConnectionId() != null);
        changeAddress();
    }

    /// Asks for bytes and compares each of them.
    public Transfer get(long lengthBytes, long seed) throws IOException {
        return within(new Request.Get(lengthBytes, seed), KwikClient::receive);
    }

    /// Sends `bytes` and returns what came back.
    public byte[] echo(byte[] bytes) throws IOException {
        return within(
                new Request.Echo(),
                (request, stream) -> {
                    // Both at once: nobody on the way holds as much as there may be.
                    Thread.ofVirtual().name("kwik-echo").start(() -> write(stream, bytes));
                    return stream.getInputStream().readAllBytes();
                });
    }

    /// Says goodbye and does not wait: kwik keeps the socket for three probe timeouts by itself
    /// (RFC 9000 section 10.2).
    @Override
    public void close() {
        connection.close();
        nudge.close();
    }

    private static Transfer receive(Request.Get request, QuicStream stream) throws IOException {
        long startNs = System.nanoTime();
        stream.getOutputStream().close();
        InputStream in = stream.getInputStream();
        StringBuilder server = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the answer ended in the server's name: " + server);
            }
            server.append((char) next);
        }
        SeededBytes expected = new SeededBytes(request.seed());
        byte[] piece = new byte[16 << 10];
        long received = 0;
        long firstWrong = -1;
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            int wrong = firstWrong < 0 ? expected.firstWrong(piece, length) : -1;
            firstWrong = wrong >= 0 ? received + wrong : firstWrong;
            received += length;
        }
        return new Transfer(
                server.toString(),
                request.lengthBytes(),
                received,
                firstWrong,
                System.nanoTime() - startNs);
    }

    private static void write(QuicStream stream, byte[] bytes) {
        try (OutputStream out = stream.getOutputStream()) {
            out.write(bytes);
        } catch (IOException e) {
            // Whoever reads the echo finds the stream broken, too.
            stream.resetStream(Request.BAD_REQUEST);
        }
    }

    private interface Task<R extends Request, T> {
        T run(R request, QuicStream stream) throws IOException;
    }

    /// Runs the task on a new stream. kwik's streams wait for ever; this does not.
    private <R extends Request, T> T within(R request, Task<R, T> task) throws IOException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread worker =
                Thread.ofVirtual()
                        .name("kwik-client")
                        .start(() -> {
                            try {
                                result.complete(onNewStream(request, task));
                            } catch (IOException | RuntimeException e) {
                                result.completeExceptionally(e);
                            }
                        });
        try {
            return result.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the request failed; " + ending.get(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            worker.interrupt();
        }
    }

    private <R extends Request, T> T onNewStream(R request, Task<R, T> task) throws IOException {
        QuicStream stream = connection.createStream(true);
        Runnable watched = nudge.watch(connection, stream);
        try {
            byte[] line = (request.line() + '\n').getBytes(StandardCharsets.US_ASCII);
            stream.getOutputStream().write(line);
            return task.run(request, stream);
        } finally {
            watched.run();
        }
    }

    private static DatagramSocket open(InetAddress local) throws SocketException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(local, 0));
        socket.setReceiveBufferSize(4 << 20);
        return socket;
    }

    private static InetAddress near(InetAddress server) {
        boolean six = server instanceof Inet6Address;
        String any = six ? "::" : "0.0.0.0";
        String loopback = six ? "::1" : "127.0.0.1";
        return InetAddress.ofLiteral(server.isLoopbackAddress() ? loopback : any);
    }
}
