package dev.homing.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.ledger.Books;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Histogram;
import dev.homing.ledger.Side;
import dev.homing.linux.Loopback;
import dev.homing.linux.UdpSocket;
import dev.homing.session.SourceAddresses;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Loops, sockets and the real core together, in both shapes.
class LoopsTest {

    private static final String SHAPES =
            """
            0, 1
            0, 2
            1, 1
            2, 2
            1, 3
            """;

    private final Loopback loopback = new Loopback();

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void carriesDatagramsToTheBackendAndBack(int receivers, int shards) {
        long startNs = System.nanoTime();
        try (UdpSocket backend = Loopback.open("127.0.0.1");
                Forwarder forwarder = forwarder(receivers, shards, "127.0.0.1", backend)) {
            Set<Integer> sources = new HashSet<>();
            Set<Integer> clients = new HashSet<>(); // the kernel may give a port again
            for (int flow = 0; flow < 20; flow++) {
                try (UdpSocket client = Loopback.open("127.0.0.1")) {
                    clients.add(client.port());
                    loopback.send(client, initial(flow, forwarder.port(0), flow % 4));

                    Datagram request = loopback.receiveOne(backend);
                    assertArrayEquals(payload(flow), Loopback.payload(request));
                    assertEquals(flow % 4, request.ecn());
                    sources.add(request.peer().port());
                    request.local().clear();
                    request.setPayload(request.lengthBytes() - flow, 0, (flow + 1) % 4);
                    loopback.send(backend, request);

                    Datagram answer = loopback.receiveOne(client);
                    assertEquals(1200 - flow, answer.lengthBytes());
                    assertEquals((flow + 1) % 4, answer.ecn());
                    assertEquals(forwarder.port(0), answer.peer().port());
                    answer.release();
                }
            }
            assertEquals(clients.size(), sources.size(), "each flow has a source tuple of its own");
            Books books = forwarder.books();
            awaitBalance(books);
            assertEquals(20, books.received(Side.CLIENT));
            assertEquals(20 * 1200, books.receivedBytes(Side.CLIENT));
            assertEquals(20 * 1200, books.sentBytes(Side.BACKEND));
            assertEquals(20, books.sent(Side.CLIENT));
            assertEquals(clients.size(), books.happened(Event.BACKEND_PORT_OPENED));
            assertEquals(0, books.dropped(Side.CLIENT) + books.dropped(Side.BACKEND));
            long elapsed = System.nanoTime() - startNs;
            for (Side side : Side.values()) {
                long tookNs = books.sum(Histogram.FORWARD, side);
                assertTrue(tookNs > 0 && tookNs < elapsed, side + " took " + tookNs);
            }
            long waitedNs = books.sum(Histogram.HANDOFF_WAIT, Side.CLIENT);
            assertTrue(receivers == 0 || waitedNs > 0 && waitedNs < elapsed, "waited " + waitedNs);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void keepsTheOrderOfEachFlow(int receivers, int shards) {
        int count = 2000;
        try (UdpSocket backend = Loopback.open("127.0.0.1");
                UdpSocket client = Loopback.open("127.0.0.1");
                Forwarder forwarder = forwarder(receivers, shards, "127.0.0.1", backend)) {
            int next = 0;
            for (int i = 0; i < count; i++) {
                loopback.send(client, numbered(i, forwarder.port(0)));
                if (i % 50 == 49) {
                    for (Datagram received : loopback.receive(backend, 50)) {
                        assertEquals(next++, received.bytes().get(ValueLayout.JAVA_INT, 100));
                        received.release();
                    }
                }
            }
            assertEquals(count, next);
            awaitBalance(forwarder.books());
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void carriesTrainsWholeBothWays(int receivers, int shards) {
        int length = 20 * 1200 + 77;
        try (UdpSocket backend = Loopback.open("127.0.0.1");
                UdpSocket client = Loopback.open("127.0.0.1");
                Forwarder forwarder = forwarder(receivers, shards, "127.0.0.1", backend)) {
            backend.joinTrains();
            client.joinTrains();
            loopback.send(client, initial(0, forwarder.port(0), 0));
            loopback.receiveOne(backend).release(); // so that the train is of a known flow
            Datagram there = loopback.datagram("127.0.0.1", forwarder.port(0), length, 5);
            for (int at = 0; at < length; at += 1200) {
                there.bytes().set(ValueLayout.JAVA_BYTE, at, (byte) 0x40); // a short header
            }
            byte[] sent = Loopback.payload(there);
            there.setPayload(length, 1200, 1);
            loopback.send(client, there);

            Datagram request = loopback.receiveOne(backend);
            assertEquals(21, request.count());
            assertEquals(1, request.ecn());
            assertArrayEquals(sent, Loopback.payload(request));
            request.local().clear();
            request.setPayload(length, 1200, 2);
            loopback.send(backend, request);

            Datagram answer = loopback.receiveOne(client);
            assertEquals(21, answer.count());
            assertEquals(2, answer.ecn());
            assertArrayEquals(sent, Loopback.payload(answer));
            answer.release();
            awaitBalance(forwarder.books());
            Books books = forwarder.books();
            assertEquals(22, books.sent(Side.BACKEND));
            assertEquals(21, books.sent(Side.CLIENT));
            assertEquals(1, books.count(Histogram.TRAIN, Side.CLIENT, 0), "the first one, alone");
            assertEquals(1, books.count(Histogram.TRAIN, Side.CLIENT, 5), "17 to 32");
            assertEquals(22, books.sum(Histogram.TRAIN, Side.CLIENT));
            assertEquals(1, books.count(Histogram.TRAIN, Side.BACKEND, 5));
            assertEquals(1, books.count(Histogram.RECEIVE_BATCH, Side.CLIENT, 0));
            assertEquals(1, books.count(Histogram.RECEIVE_BATCH, Side.CLIENT, 5));
            assertEquals(21, books.sum(Histogram.RECEIVE_BATCH, Side.BACKEND));
            assertEquals(1, books.count(Histogram.SEND_BATCH, Side.BACKEND, 0));
            assertEquals(1, books.count(Histogram.SEND_BATCH, Side.BACKEND, 5));
            assertEquals(21, books.sum(Histogram.SEND_BATCH, Side.CLIENT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0, 127.0.0.9", "::, 127.0.0.9", "::, ::1"})
    void answersFromTheAddressThatTheClientWroteTo(String addresses) {
        String wildcard = addresses.split(", ", -1)[0];
        String reachedAt = addresses.split(", ", -1)[1];
        Loopback.assumeAvailable(wildcard);
        Loopback.assumeAvailable(reachedAt);
        for (int receivers : new int[] {0, 1}) {
            try (UdpSocket backend = Loopback.open("127.0.0.1");
                    UdpSocket client = Loopback.open(reachedAt);
                    Forwarder forwarder = forwarder(receivers, 1, wildcard, backend)) {
                Datagram sent = initial(1, forwarder.port(0), 0);
                Loopback.set(sent.peer(), reachedAt, forwarder.port(0));
                loopback.send(client, sent);
                Datagram request = loopback.receiveOne(backend);
                request.local().clear();
                loopback.send(backend, request);

                Datagram answer = loopback.receiveOne(client);

                assertEquals(
                        Loopback.text(Loopback.address(reachedAt, forwarder.port(0))),
                        Loopback.text(answer.peer()));
                answer.release();
            }
        }
    }

    @Test
    void sendsThroughTheListeningAddressThatTheClientCameBy() {
        try (UdpSocket backend = Loopback.open("127.0.0.1");
                UdpSocket client = Loopback.open("127.0.0.1");
                Forwarder forwarder =
                        new Forwarder(
                                1,
                                2,
                                1024,
                                100,
                                SourceAddresses.ANY,
                                List.of(Loopback.at("127.0.0.1", 0), Loopback.at("127.0.0.2", 0)),
                                List.of(Loopback.at("127.0.0.1", backend.port())))) {
            for (int listener : new int[] {0, 1}) {
                Datagram sent = initial(listener, forwarder.port(listener), 0);
                String address = "127.0.0." + (listener + 1);
                Loopback.set(sent.peer(), address, forwarder.port(listener));
                loopback.send(client, sent);
                Datagram request = loopback.receiveOne(backend);
                request.local().clear();
                loopback.send(backend, request);

                Datagram answer = loopback.receiveOne(client);

                assertEquals(
                        Loopback.text(Loopback.address(address, forwarder.port(listener))),
                        Loopback.text(answer.peer()));
                answer.release();
            }
        }
    }

    @Test
    void servesManyFlowsThroughOnePortWithSourceAddresses() {
        Address first = Loopback.address("127.77.0.0", 0);
        SourceAddresses block =
                SourceAddresses.of(new SourceAddresses.Block(first.high(), first.low(), 256));
        try (UdpSocket backend = Loopback.open("127.0.0.1");
                Forwarder forwarder =
                        new Forwarder(
                                0,
                                1,
                                1024,
                                1,
                                block,
                                List.of(Loopback.at("127.0.0.1", 0)),
                                List.of(Loopback.at("127.0.0.1", backend.port())))) {
            List<UdpSocket> clients = new ArrayList<>();
            Set<String> sources = new HashSet<>();
            Set<Integer> ports = new HashSet<>();
            for (int flow = 0; flow < 100; flow++) {
                UdpSocket client = Loopback.open("127.0.0.1");
                clients.add(client);
                loopback.send(client, initial(flow, forwarder.port(0), 0));
                Datagram request = loopback.receiveOne(backend);
                sources.add(Loopback.text(request.peer()));
                ports.add(request.peer().port());
                request.local().clear();
                loopback.send(backend, request);
                loopback.receiveOne(client).release();
            }
            assertEquals(100, sources.size());
            assertEquals(1, ports.size());
            assertEquals(1, forwarder.shardLoop(0).backendPortCount());
            clients.forEach(UdpSocket::close);
            awaitBalance(forwarder.books());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void countsWhatABackendThatIsGoneMakesOfIt(int receivers) {
        UdpSocket backend = Loopback.open("127.0.0.1");
        backend.close();
        try (UdpSocket client = Loopback.open("127.0.0.1");
                Forwarder forwarder = forwarder(receivers, 1, "127.0.0.1", backend)) {
            for (int i = 0; i < 10; i++) {
                loopback.send(client, initial(1, forwarder.port(0), 0));
            }
            Books books = forwarder.books();
            await(() -> books.happened(Event.ICMP_ERROR) >= 1);
            await(() -> books.received(Side.CLIENT) == 10);
            awaitBalance(books);
            // The error of one datagram is not charged to the next.
            assertEquals(10, books.sent(Side.BACKEND));
            assertEquals(0, books.happened(Event.RECEIVE_ERROR));
        }
    }

    @Test
    void dropsWithAReasonWhenThePortsAreSpent() {
        try (UdpSocket backend = Loopback.open("127.0.0.1");
                Forwarder forwarder =
                        new Forwarder(
                                0,
                                1,
                                1024,
                                3,
                                SourceAddresses.ANY,
                                List.of(Loopback.at("127.0.0.1", 0)),
                                List.of(Loopback.at("127.0.0.1", backend.port())))) {
            for (int flow = 0; flow < 5; flow++) {
                try (UdpSocket client = Loopback.open("127.0.0.1")) {
                    loopback.send(client, initial(flow, forwarder.port(0), 0));
                }
            }
            Books books = forwarder.books();
            await(() -> books.received(Side.CLIENT) == 5);
            awaitBalance(books);
            assertEquals(3, books.sent(Side.BACKEND));
            assertEquals(2, books.dropped(Side.CLIENT, DropReason.NO_SOURCE_TUPLE));
            assertEquals(3, books.happened(Event.BACKEND_PORT_OPENED));
            assertEquals(2, books.happened(Event.BACKEND_PORT_REFUSED));
            assertEquals(3, forwarder.shardLoop(0).backendPortCount());
        }
    }

    /// More than queues and shards take: what is lost is lost for a reason, and nothing else stays
    /// behind.
    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void booksBalanceUnderAFlood(int receivers, int shards) {
        try (UdpSocket backend = Loopback.open("127.0.0.1")) {
            Forwarder forwarder =
                    new Forwarder(
                            receivers,
                            shards,
                            64,
                            1000,
                            SourceAddresses.ANY,
                            List.of(Loopback.at("127.0.0.1", 0)),
                            List.of(Loopback.at("127.0.0.1", backend.port())));
            Books books = forwarder.books();
            List<UdpSocket> clients = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                clients.add(Loopback.open("127.0.0.1"));
            }
            int sent = 0;
            for (int i = 0; i < 2000; i++) {
                UdpSocket client = clients.get(i % clients.size());
                loopback.sender.clear();
                List<Datagram> burst = new ArrayList<>();
                for (int j = 0; j < 20; j++) {
                    Datagram datagram = initial(i % clients.size(), forwarder.port(0), 0);
                    burst.add(datagram);
                    loopback.sender.add(datagram, client);
                }
                sent += loopback.sender.send(client, 0);
                burst.forEach(Datagram::release);
                drain(backend);
            }
            long total = sent;
            await(() -> books.received(Side.CLIENT) + forwarder.listenerDrops() == total);
            awaitBalance(books);
            assertTrue(books.sent(Side.BACKEND) > 0);
            clients.forEach(UdpSocket::close);
            forwarder.close();
            assertEquals(0, books.missing(Side.CLIENT));
            assertEquals(0, books.missing(Side.BACKEND));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SHAPES)
    void threadsHaveTheirNamesAndEndWithTheLoops(int receivers, int shards) {
        try (UdpSocket backend = Loopback.open("127.0.0.1")) {
            Forwarder forwarder = forwarder(receivers, shards, "127.0.0.1", backend);
            Set<String> expected = new HashSet<>();
            for (int i = 0; i < receivers; i++) {
                expected.add("recv-" + i);
            }
            for (int i = 0; i < shards; i++) {
                expected.add("shard-" + i);
            }
            assertEquals(expected, loopThreads());

            forwarder.close();

            await(() -> loopThreads().isEmpty());
        }
    }

    private static Set<String> loopThreads() {
        Set<String> names = new HashSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("recv-") || thread.getName().startsWith("shard-")) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    /// Until a round is without any: what is not compiled yet allocates, and on a busy machine the
    /// compiler takes its time.
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1"})
    void forwardsWithoutAllocatingForADatagram(int receivers, int shards) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (UdpSocket backend = Loopback.open("127.0.0.1");
                UdpSocket client = Loopback.open("127.0.0.1");
                Forwarder forwarder = forwarder(receivers, shards, "127.0.0.1", backend)) {
            exchange(client, backend, forwarder.port(0), 4_000);
            List<Thread> loops =
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(t -> t.getName().matches("(recv|shard)-\\d"))
                            .toList();
            assertFalse(loops.isEmpty());

            int bursts = 500;
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 40 && least > 0; round++) {
                long before = allocated(threads, loops);
                exchange(client, backend, forwarder.port(0), bursts);
                least = Math.min(least, allocated(threads, loops) - before);
            }

            assertEquals(0, least);
        }
    }

    private static long allocated(ThreadMXBean threads, List<Thread> loops) {
        long sum = 0;
        for (Thread loop : loops) {
            sum += threads.getThreadAllocatedBytes(loop.threadId());
        }
        return sum;
    }

    private void exchange(UdpSocket client, UdpSocket backend, int port, int bursts) {
        for (int i = 0; i < bursts; i++) {
            for (int j = 0; j < 5; j++) {
                loopback.send(client, initial(1, port, 0));
            }
            for (Datagram request : loopback.receive(backend, 5)) {
                request.local().clear();
                loopback.send(backend, request);
            }
            loopback.receive(client, 5).forEach(Datagram::release);
        }
    }

    private void drain(UdpSocket socket) {
        loopback.receiver.receive(socket, loopback.batch);
        for (int i = 0; i < loopback.batch.size(); i++) {
            loopback.batch.get(i).release();
        }
        loopback.batch.clear();
    }

    private static Forwarder forwarder(
            int receivers, int shards, String listen, UdpSocket backend) {
        List<InetSocketAddress> addresses = List.of(Loopback.at(listen, 0));
        List<InetSocketAddress> backends = List.of(Loopback.at("127.0.0.1", backend.port()));
        return new Forwarder(
                receivers, shards, 1024, 100, SourceAddresses.ANY, addresses, backends);
    }

    /// A QUIC Initial of version 1 whose connection IDs are the flow's.
    private Datagram initial(int flow, int port, int ecn) {
        byte[] payload = payload(flow);
        Datagram datagram = loopback.datagram("127.0.0.1", port, payload.length, flow);
        datagram.bytes().asByteBuffer().put(payload);
        datagram.setPayload(payload.length, 0, ecn);
        return datagram;
    }

    private Datagram numbered(int number, int port) {
        Datagram datagram = initial(1, port, 0);
        datagram.bytes().set(ValueLayout.JAVA_INT, 100, number);
        return datagram;
    }

    private static byte[] payload(int flow) {
        byte[] payload = Loopback.payload(1200, flow);
        ByteBuffer.wrap(payload)
                .put((byte) 0xc0)
                .putInt(1)
                .put((byte) 8)
                .putLong(0x1234_5678_0000_0000L + flow)
                .put((byte) 8)
                .putLong(flow);
        return payload;
    }

    /// Waits until nothing is under way and everything is accounted for.
    private static void awaitBalance(Books books) {
        await(() ->
                books.queued().getAsLong() == 0
                        && books.missing(Side.CLIENT) == 0
                        && books.missing(Side.BACKEND) == 0);
    }

    private static void await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                fail("did not happen in 10 s");
            }
            LockSupport.parkNanos(200_000);
        }
    }
}
