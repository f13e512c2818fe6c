package dev.homing.testkit;

import dev.homing.demo.wire.DemoCertificate;
import dev.homing.demo.wire.Request;
import dev.homing.demo.wire.SeededBytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

/// A kwik server (pure Java, QUIC v1 and v2) that answers the demo's [Request]s.
///
/// What kwik 0.10.8 cannot do as a server: follow a client to another address (it drops what comes
/// from there), and connection IDs of 20 bytes, with which connections close by themselves.
public final class KwikServer implements AutoCloseable {
    private static final char[] PASSWORD = "secret".toCharArray();
    private static final int CHUNK_BYTES = 16 << 10;

    /// @param connectionIdLength length of the server's connection IDs in bytes, 4 to 19
    /// @param retry whether clients must first show that they can receive at their address
    public record Options(
            String name, InetSocketAddress address, int connectionIdLength, boolean retry) {
        public Options {
            if (connectionIdLength < 4 || connectionIdLength > 19) {
                throw new IllegalArgumentException(
                        "kwik's server has no working connection IDs of " + connectionIdLength);
            }
        }

        /// A server on a free port of 127.0.0.1 with connection IDs of 8 bytes.
        public static Options named(String name) {
            return new Options(name, new InetSocketAddress("127.0.0.1", 0), 8, false);
        }

        public Options withAddress(InetSocketAddress other) {
            return new Options(name, other, connectionIdLength, retry);
        }

        public Options withConnectionIdLength(int other) {
            return new Options(name, address, other, retry);
        }

        public Options withRetry(boolean other) {
            return new Options(name, address, connectionIdLength, other);
        }
    }

    private final Options options;
    private final InetSocketAddress address;
    private final ServerConnector connector;
    private final AtomicInteger connections = new AtomicInteger();
    private final KwikNudge nudge = new KwikNudge();

    private KwikServer(Options options, DemoCertificate certificate)
            throws IOException, CertificateException {
        this.options = options;
        DatagramSocket socket = new DatagramSocket(options.address());
        address = (InetSocketAddress) socket.getLocalSocketAddress();
        ServerConnectionConfig config =
                ServerConnectionConfig.builder()
                        .maxIdleTimeout((int) Duration.ofSeconds(30).toMillis())
                        .maxConnectionBufferSize(10_000_000)
                        .maxUnidirectionalStreamBufferSize(1_000_000)
                        .maxBidirectionalStreamBufferSize(1_000_000)
                        .maxOpenPeerInitiatedUnidirectionalStreams(10)
                        .maxOpenPeerInitiatedBidirectionalStreams(100)
                        .connectionIdLength(options.connectionIdLength())
                        .retryRequired(options.retry())
                        .build();
        connector =
                ServerConnector.builder()
                        .withSocket(socket)
                        .withKeyStore(
                                certificate.keyStore("server", PASSWORD),
                                "server",
                                PASSWORD,
                                "secp256r1")
                        // Version 1 is always there.
                        .withSupportedVersions(List.of(QuicConnection.QuicVersion.V2))
                        .withConfiguration(config)
                        .withLogger(new NullLogger())
                        .build();
        connector.registerApplicationProtocol(Request.PROTOCOL, new Conversations());
        connector.start();
    }

    public static KwikServer start(Options options, DemoCertificate certificate)
            throws IOException, CertificateException {
        return new KwikServer(options, certificate);
    }

    public String name() {
        return options.name();
    }

    public InetSocketAddress address() {
        return address;
    }

    /// Connections whose handshake came as far as choosing the application protocol.
    public int connections() {
        return connections.get();
    }

    /// Closes every connection and waits until they are gone: three probe timeouts.
    @Override
    public void close() {
        connector.close();
        nudge.close();
    }

    private final class Conversations implements ApplicationProtocolConnectionFactory {
        @Override
        public ApplicationProtocolConnection createConnection(
                String protocol, QuicConnection connection) {
            connections.incrementAndGet();
            return new ApplicationProtocolConnection() {
                @Override
                public void acceptPeerInitiatedStream(QuicStream stream) {
                    // kwik's own thread must not wait for a client.
                    Thread.ofVirtual().name("kwik-stream").start(() -> answer(connection, stream));
                }
            };
        }

        @Override
        public int maxConcurrentPeerInitiatedBidirectionalStreams() {
            return 100;
        }
    }

    private void answer(QuicConnection connection, QuicStream stream) {
        Runnable watched = nudge.watch(connection, stream);
        try (InputStream in = new BufferedInputStream(stream.getInputStream());
                OutputStream out = stream.getOutputStream()) {
            switch (Request.parse(readLine(in))) {
                case Request.Get(long lengthBytes, long seed) -> send(out, lengthBytes, seed);
                case Request.Echo() -> in.transferTo(out);
                case null -> stream.resetStream(Request.BAD_REQUEST);
            }
        } catch (IOException e) {
            // The client or the connection is gone; the test sees it at the other end.
            stream.abortReading(Request.BAD_REQUEST);
        } finally {
            watched.run();
        }
    }

    private void send(OutputStream out, long lengthBytes, long seed) throws IOException {
        out.write((options.name() + '\n').getBytes(StandardCharsets.UTF_8));
        SeededBytes content = new SeededBytes(seed);
        for (long left = lengthBytes; left > 0; ) {
            byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, left)];
            content.fill(chunk);
            out.write(chunk);
            left -= chunk.length;
        }
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.length() == Request.MAX_LINE_BYTES) {
                return "";
            }
            line.append((char) next);
        }
        return line.toString();
    }
}
