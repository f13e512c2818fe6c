package dev.homing.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A library that is loaded before the C library gets all of Homing's socket calls, and those of
/// Netty's epoll loops: so a user-space network stack can take them over.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PreloadTest {

    private static final int DATAGRAMS = 20;
    private static final int PATIENCE_MS = 5_000;
    private static final Path SOURCE = Path.of("src", "test", "preload", "counting.c");

    /// The counters of counting.c, in its order.
    private enum Counter {
        SOCKETS,
        BINDS,
        OPTIONS,
        RECEIVED,
        SENT,
        EPOLL_CTLS,
        EPOLL_WAITS
    }

    @TempDir Path folder;

    @Test
    void everyDatagramGoesThroughALibraryThatIsLoadedBefore() throws Exception {
        Path library = compile();
        Path counts = folder.resolve("counts");
        try (DatagramSocket client = open();
                DatagramSocket backend = open();
                HomingProcess homing =
                        HomingProcess.start(
                                folder,
                                "homing",
                                configuration(backend.getLocalPort()),
                                Map.of(
                                        "LD_PRELOAD", library.toString(),
                                        "CALL_COUNTS", counts.toString()),
                                List.of())) {
            // The warm-up before the start has used the calls as well.
            long received = read(counts, Counter.RECEIVED);
            long sent = read(counts, Counter.SENT);
            for (int i = 0; i < DATAGRAMS; i++) {
                byte[] payload = initial(i);
                send(client, payload, homing.address());
                DatagramPacket forwarded = receive(backend);
                assertArrayEquals(payload, octets(forwarded));
                send(backend, payload, forwarded.getSocketAddress());
                DatagramPacket returned = receive(client);
                assertArrayEquals(payload, octets(returned));
                assertEquals(homing.address(), returned.getSocketAddress());
            }

            // The library counts a call after it, and a datagram may be here before that.
            Eventually.holds(
                    "all calls counted",
                    () ->
                            read(counts, Counter.RECEIVED) - received >= 2 * DATAGRAMS
                                    && read(counts, Counter.SENT) - sent >= 2 * DATAGRAMS);
            // All of them, none of them twice, and nothing else.
            assertEquals(
                    2 * DATAGRAMS,
                    read(counts, Counter.RECEIVED) - received,
                    "received by recvmmsg");
            assertEquals(2 * DATAGRAMS, read(counts, Counter.SENT) - sent, "sent by sendmmsg");
            for (Counter counter : Counter.values()) {
                assertTrue(read(counts, counter) >= 2, "calls seen of " + counter);
            }
        }
    }

    private Path compile() throws IOException, InterruptedException {
        Path library = folder.resolve("counting.so");
        try (Program compiler =
                Program.start(
                        folder,
                        "cc.log",
                        Map.of(),
                        List.of(
                                Program.find("cc", "gcc libc6-dev"),
                                "-Wall",
                                "-Wextra",
                                "-Werror",
                                "-shared",
                                "-fPIC",
                                "-o",
                                library.toString(),
                                SOURCE.toAbsolutePath().toString(),
                                "-ldl"))) {
            assertEquals(0, compiler.await(Duration.ofMinutes(1)), compiler.log());
        }
        return library;
    }

    private static String configuration(int backendPort) {
        return """
        listeners:
          - address: 127.0.0.1:0
        pools:
          default:
            backends:
              - address: 127.0.0.1:%d
            health:
              probe: always-up
        threads:
          receivers: 1
          shards: 1
        admin:
          address: off
        log:
          format: json
        """
                .formatted(backendPort);
    }

    private static DatagramSocket open() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private static void send(DatagramSocket from, byte[] payload, SocketAddress to)
            throws IOException {
        from.send(new DatagramPacket(payload, payload.length, to));
    }

    private static DatagramPacket receive(DatagramSocket at) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        at.receive(packet);
        return packet;
    }

    private static byte[] octets(DatagramPacket packet) {
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /// A version 1 Initial's header with connection IDs of eight octets, filled up with zeroes.
    private static byte[] initial(long number) {
        return ByteBuffer.allocate(1_200)
                .put((byte) 0xc0)
                .putInt(1)
                .put((byte) 8)
                .putLong(number)
                .put((byte) 8)
                .putLong(~number)
                .array();
    }

    private static long read(Path counts, Counter counter) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(counts))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong(counter.ordinal() * Long.BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
