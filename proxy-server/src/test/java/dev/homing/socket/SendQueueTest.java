package dev.homing.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Datagram;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Histogram;
import dev.homing.ledger.Histograms;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.linux.Errno;
import dev.homing.linux.ErrorQueue;
import dev.homing.linux.Loopback;
import dev.homing.linux.UdpSocket;
import dev.homing.route.RoutingFeed;
import dev.homing.route.RoutingTable;
import dev.homing.trace.Selection;
import dev.homing.trace.TraceFeed;
import dev.homing.trace.TraceRecord;
import dev.homing.trace.TraceRing;
import dev.homing.trace.Tracer;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendQueueTest {

    private final Loopback loopback = new Loopback();
    private final Ledger ledger = new Ledger(1);
    private final NetworkErrors networkErrors =
            new NetworkErrors(
                    new ErrorQueue(loopback.syscalls),
                    new RoutingFeed(new RoutingTable(1, true, List.of(), new int[0], List.of())),
                    ledger);
    private final TraceFeed traces = new TraceFeed();
    private final TraceRing ring = new TraceRing(Arena.ofAuto());
    private final Tracer tracer = new Tracer(traces, ring);
    private final SendQueue queue = new SendQueue(loopback.syscalls, networkErrors, ledger, tracer);

    private final UdpSocket one = Loopback.open("127.0.0.1");
    private final UdpSocket other = Loopback.open("127.0.0.1");
    private final UdpSocket sink = Loopback.open("127.0.0.1");
    private final UdpSocket backendPort = UdpSocket.backendPort(true, false, Loopback.BUFFERS);

    @AfterEach
    void close() {
        List.of(one, other, sink, backendPort).forEach(UdpSocket::close);
    }

    @Test
    void sendsNothingBeforeTheFlushAndAllOfItThen() {
        Outlet first = queue.outlet(one, Side.CLIENT);
        Outlet second = queue.outlet(other, Side.BACKEND);
        int free = loopback.pool.available();
        for (int i = 0; i < 100; i++) {
            (i % 3 == 0 ? second : first).send(toSink(10 + i));
        }
        assertEquals(0, ledger.sent(Side.CLIENT) + ledger.sent(Side.BACKEND));

        queue.flush();

        assertEquals(66, ledger.sent(Side.CLIENT));
        assertEquals(34, ledger.sent(Side.BACKEND));
        assertEquals(free, loopback.pool.available());
        List<Datagram> received = loopback.receive(sink, 100);
        int ofFirst = 0;
        int ofSecond = 0;
        for (Datagram datagram : received) {
            boolean isSecond = (datagram.lengthBytes() - 10) % 3 == 0;
            assertEquals(isSecond ? other.port() : one.port(), datagram.peer().port());
            assertTrue(datagram.lengthBytes() > (isSecond ? ofSecond : ofFirst), "in order");
            if (isSecond) {
                ofSecond = datagram.lengthBytes();
            } else {
                ofFirst = datagram.lengthBytes();
            }
            datagram.release();
        }
        queue.flush();
        assertEquals(66, ledger.sent(Side.CLIENT));
    }

    @Test
    void countsOctetsAsSent() {
        Outlet outlet = queue.outlet(one, Side.CLIENT);
        outlet.send(toSink(700));
        outlet.send(toSink(300));

        queue.flush();

        assertEquals(1000, ledger.sentBytes(Side.CLIENT));
    }

    @Test
    void takesTheTimeOfOneDatagramAFlushOfEachSideInTurn() {
        Outlet toClients = queue.outlet(one, Side.CLIENT);
        Outlet toBackends = queue.outlet(other, Side.BACKEND);
        long second = 1_000_000_000L;
        long before = System.nanoTime();
        for (int flush = 0; flush < 4; flush++) {
            for (int i = 0; i < 3; i++) {
                Datagram fromBackend = toSink(10);
                fromBackend.setReceivedNs(before - (i == 0 ? 2 : 9) * second);
                toClients.send(fromBackend);
                Datagram fromClient = toSink(10);
                fromClient.setReceivedNs(before - (i == 0 ? 4 : 9) * second);
                toBackends.send(fromClient);
            }
            queue.flush();
        }
        long elapsed = System.nanoTime() - before;

        Histograms histograms = ledger.histograms();
        int last = Histogram.FORWARD.bounds();
        assertEquals(2, histograms.count(Histogram.FORWARD, Side.CLIENT, last));
        assertEquals(2, histograms.count(Histogram.FORWARD, Side.BACKEND, last));
        long ofClients = histograms.sum(Histogram.FORWARD, Side.CLIENT) - 2 * 4 * second;
        long ofBackends = histograms.sum(Histogram.FORWARD, Side.BACKEND) - 2 * 2 * second;
        assertTrue(ofClients > 0 && ofClients < 2 * elapsed, "the first of them: " + ofClients);
        assertTrue(ofBackends > 0 && ofBackends < 2 * elapsed, "the first of them: " + ofBackends);
    }

    /// As one client makes it who asks and waits for the answer.
    @Test
    void takesTheTimesOfBothSidesThoughOnlyOneIsSentToAtATime() {
        Outlet toClients = queue.outlet(one, Side.CLIENT);
        Outlet toBackends = queue.outlet(other, Side.BACKEND);
        for (int i = 0; i < 20; i++) {
            (i % 2 == 0 ? toClients : toBackends).send(toSink(10));
            queue.flush();
            queue.flush(); // a turn that has nothing to send
        }
        assertTrue(samples(Side.CLIENT) >= 9, "samples: " + samples(Side.CLIENT));
        assertTrue(samples(Side.BACKEND) >= 9, "samples: " + samples(Side.BACKEND));
    }

    @Test
    void takesTheTimesOfOneSideWhoseOtherSideIsSilent() {
        Outlet toBackends = queue.outlet(other, Side.BACKEND);
        for (int i = 0; i < 20; i++) {
            toBackends.send(toSink(10));
            queue.flush();
        }
        assertTrue(samples(Side.CLIENT) >= 4, "samples: " + samples(Side.CLIENT));
        assertEquals(0, samples(Side.BACKEND));
    }

    private long samples(Side side) {
        long count = 0;
        for (int bucket = 0; bucket <= Histogram.FORWARD.bounds(); bucket++) {
            count += ledger.histograms().count(Histogram.FORWARD, side, bucket);
        }
        return count;
    }

    @Test
    void flushesByItselfBeforeSlotsRunOut() {
        Outlet first = queue.outlet(one, Side.CLIENT);
        Outlet second = queue.outlet(other, Side.CLIENT);
        for (int i = 1; i < SendQueue.CAPACITY; i++) {
            (i % 2 == 0 ? first : second).send(toSink(1));
        }
        assertEquals(0, ledger.sent(Side.CLIENT));

        first.send(toSink(1));

        assertEquals(SendQueue.CAPACITY, ledger.sent(Side.CLIENT));
    }

    @Test
    void goesOnBehindADatagramThatTheKernelRefuses() {
        Outlet outlet = queue.outlet(one, Side.BACKEND);
        int free = loopback.pool.available();
        outlet.send(toSink(1));
        outlet.send(toSink(65_536));
        outlet.send(toSink(65_536));
        outlet.send(toSink(2));
        Datagram broadcast = toSink(3);
        Loopback.set(broadcast.peer(), "255.255.255.255", 9);
        outlet.send(broadcast);
        Datagram forged = toSink(4);
        Loopback.set(forged.local(), "224.0.0.1", 0);
        outlet.send(forged);
        outlet.send(toSink(5));

        queue.flush();

        assertEquals(3, ledger.sent(Side.BACKEND));
        assertEquals(2, ledger.dropped(Side.CLIENT, DropReason.TOO_BIG));
        // EACCES: the socket has no SO_BROADCAST.
        assertEquals(1, ledger.dropped(Side.CLIENT, DropReason.UNREACHABLE));
        assertEquals(1, ledger.dropped(Side.CLIENT, DropReason.REFUSED_SOURCE));
        assertEquals(free, loopback.pool.available());
        List<Datagram> received = loopback.receive(sink, 3);
        assertEquals(1, received.get(0).lengthBytes());
        assertEquals(2, received.get(1).lengthBytes());
        assertEquals(5, received.get(2).lengthBytes());
    }

    /// The ICMP error of a backend that is gone comes out at the next datagram, which is to another
    /// backend.
    @Test
    void doesNotChargeADatagramWithTheErrorOfAnother() {
        int gone = closedPort();
        Outlet outlet = queue.outlet(backendPort, Side.BACKEND);
        for (int i = 0; i < 10; i++) {
            Datagram lost = toSink(1);
            Loopback.set(lost.peer(), "127.0.0.1", gone);
            outlet.send(lost);
            outlet.send(toSink(10 + i));
            queue.flush();
        }

        List<Datagram> received = loopback.receive(sink, 10);

        for (int i = 0; i < 10; i++) {
            assertEquals(10 + i, received.get(i).lengthBytes());
        }
        assertEquals(20, ledger.sent(Side.BACKEND));
        // The error of the last datagram may still lie in the queue.
        networkErrors.drain(backendPort);
        assertEquals(10, ledger.happened(Event.ICMP_ERROR));
    }

    @Test
    void tellsAnErrorOfItsOwnFromOneOfTheNetwork() {
        Outlet outlet = queue.outlet(backendPort, Side.BACKEND);
        outlet.send(toSink(65_536));
        outlet.send(toSink(7));

        queue.flush();

        assertEquals(1, ledger.dropped(Side.CLIENT, DropReason.TOO_BIG));
        assertEquals(0, ledger.happened(Event.ICMP_ERROR));
        assertEquals(7, loopback.receiveOne(sink).lengthBytes());
        assertEquals(0, networkErrors.drain(backendPort));
    }

    @Test
    void countsEveryDatagramWhenTheSocketIsClosed() {
        Outlet outlet = queue.outlet(one, Side.CLIENT);
        one.close();
        for (int i = 0; i < 100; i++) {
            outlet.send(toSink(1));
        }

        queue.flush();

        assertEquals(100, ledger.dropped(Side.BACKEND, DropReason.SEND_FAILED));
    }

    @Test
    void sendsATrainInOnePiece() {
        sink.joinTrains();
        Outlet outlet = queue.outlet(one, Side.BACKEND);
        int free = loopback.pool.available();
        outlet.send(train(4 * 1200 + 77));
        outlet.send(toSink(9));

        queue.flush();

        assertEquals(6, ledger.sent(Side.BACKEND));
        assertEquals(4 * 1200 + 77 + 9, ledger.sentBytes(Side.BACKEND));
        assertEquals(0, ledger.happened(Event.TRAIN_REFUSED));
        assertEquals(free, loopback.pool.available());
        List<Datagram> received = loopback.receive(sink, 2);
        assertEquals(5, received.getFirst().count());
        received.forEach(Datagram::release);
    }

    /// More datagrams than one call takes, in between others that are in order.
    @Test
    void sendsTheDatagramsOfARefusedTrainOneByOne() {
        loopback.refuseTrains(one);
        Outlet outlet = queue.outlet(one, Side.BACKEND);
        int free = loopback.pool.available();
        outlet.send(toSink(1));
        outlet.send(train(6 * 1200 + 77));
        outlet.send(toSink(2));
        outlet.send(train(2 * 1200));
        outlet.send(toSink(3));
        outlet.send(trainOf(100, 50));

        queue.flush();

        assertEquals(free, loopback.pool.available());
        List<Datagram> received = loopback.receive(sink, 1 + 7 + 1 + 2 + 1 + 100);
        List<Integer> lengths = received.stream().map(Datagram::lengthBytes).toList();
        assertEquals(
                List.of(1, 1200, 1200, 1200, 1200, 1200, 1200, 77, 2, 1200, 1200, 3),
                lengths.subList(0, 12));
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        received.subList(1, 8).forEach(each -> octets.writeBytes(Loopback.payload(each)));
        assertArrayEquals(Loopback.payload(6 * 1200 + 77, 1), octets.toByteArray());
        received.forEach(Datagram::release);
        assertEquals(112, ledger.sent(Side.BACKEND));
        assertEquals(1, ledger.happened(Event.TRAIN_REFUSED), "the address is remembered");
        assertEquals(0, ledger.dropped(Side.CLIENT, DropReason.SEND_FAILED));
    }

    @Test
    void triesTrainsAgainAfterAWhile() {
        loopback.refuseTrains(one);
        Outlet outlet = queue.outlet(one, Side.BACKEND);
        for (int i = 0; i < 2; i++) {
            outlet.send(train(2 * 1200));
            queue.flush();
            queue.tryTrainsAgain();
        }
        assertEquals(2, ledger.happened(Event.TRAIN_REFUSED));
        assertEquals(4, ledger.sent(Side.BACKEND));
    }

    @Test
    void dropsEachDatagramOfATrainForWhatItIsItself() {
        Outlet outlet = queue.outlet(one, Side.BACKEND);
        Datagram forged = train(3 * 1200);
        Loopback.set(forged.local(), "224.0.0.1", 0);
        int free = loopback.pool.available() + 1;
        outlet.send(forged);

        queue.flush();

        assertEquals(3, ledger.dropped(Side.CLIENT, DropReason.REFUSED_SOURCE));
        assertEquals(free, loopback.pool.available());
    }

    private void trace(DropReason... drops) {
        traces.publish(new Selection(1, 0, 0, new byte[0], Set.of(drops), 1, 64));
        tracer.follow();
    }

    private static Datagram wanted(Datagram datagram) {
        datagram.trail().set(datagram.peer(), datagram.local(), true, 0);
        datagram.setTraced(true);
        return datagram;
    }

    /// Octets and datagrams of each record, and why it went no further.
    private List<String> traced() {
        List<String> all = new ArrayList<>();
        TraceRecord record = new TraceRecord();
        while (ring.peek(record)) {
            all.add(record.lengthBytes() + " in " + record.count() + " " + record.reason());
            ring.release();
        }
        return all;
    }

    @Test
    void recordsWhatIsWantedAsSentOrDroppedAndNothingElse() {
        Outlet outlet = queue.outlet(one, Side.BACKEND);
        trace(DropReason.SEND_FAILED);
        outlet.send(wanted(toSink(1)));
        outlet.send(toSink(2));
        outlet.send(wanted(train(3 * 1200)));
        outlet.send(wanted(toSink(65_536)));
        Datagram unwanted = toSink(65_535);
        unwanted.setTraced(false);
        outlet.send(unwanted);

        queue.flush();

        assertEquals(List.of("1 in 1 null", "3600 in 3 null", "65536 in 1 TOO_BIG"), traced());
    }

    @Test
    void recordsDropsByTheirReason() {
        Outlet outlet = queue.outlet(one, Side.BACKEND);
        trace(DropReason.TOO_BIG);
        outlet.send(toSink(1));
        outlet.send(toSink(65_536));

        queue.flush();

        assertEquals(List.of("65536 in 1 TOO_BIG"), traced());
    }

    @Test
    void recordsTheDatagramsOfARefusedTrainOneByOne() {
        loopback.refuseTrains(one);
        Outlet outlet = queue.outlet(one, Side.BACKEND);
        trace();
        outlet.send(wanted(train(2 * 1200 + 77)));

        queue.flush();

        assertEquals(List.of("1200 in 1 null", "1200 in 1 null", "77 in 1 null"), traced());
    }

    @Test
    void recordsNothingWhileNoTraceIsOn() {
        Outlet outlet = queue.outlet(one, Side.BACKEND);
        outlet.send(wanted(toSink(1)));
        outlet.send(wanted(toSink(65_536)));

        queue.flush();

        assertEquals(List.of(), traced());
    }

    private Datagram train(int length) {
        Datagram train = toSink(length);
        train.bytes()
                .asSlice(0, length)
                .copyFrom(MemorySegment.ofArray(Loopback.payload(length, 1)));
        train.setPayload(length, 1200, 0);
        return train;
    }

    private Datagram trainOf(int count, int segment) {
        Datagram train = toSink(count * segment);
        train.setPayload(count * segment, segment, 0);
        return train;
    }

    @ParameterizedTest
    @CsvSource({
        "11, SEND_BUFFER_FULL, SEND_BUFFER_FULL",
        "105, SEND_BUFFER_FULL, SEND_BUFFER_FULL",
        "90, TOO_BIG, TOO_BIG",
        "101, UNREACHABLE, UNREACHABLE",
        "113, UNREACHABLE, UNREACHABLE",
        "111, UNREACHABLE, UNREACHABLE",
        "1, UNREACHABLE, UNREACHABLE",
        "13, UNREACHABLE, UNREACHABLE",
        "22, SEND_FAILED, REFUSED_SOURCE",
        "99, SEND_FAILED, REFUSED_SOURCE",
        "5, SEND_FAILED, SEND_FAILED",
        "9, SEND_FAILED, SEND_FAILED",
    })
    void namesTheReason(int errno, DropReason plain, DropReason withSourceAddress) {
        Datagram datagram = toSink(1);
        assertEquals(plain, SendQueue.reason(errno, datagram), () -> Errno.describe(errno));
        Loopback.set(datagram.local(), "127.0.0.1", 0);
        assertEquals(withSourceAddress, SendQueue.reason(errno, datagram));
        datagram.release();
    }

    private Datagram toSink(int length) {
        return loopback.datagram("127.0.0.1", sink.port(), length, length);
    }

    private static int closedPort() {
        try (UdpSocket socket = Loopback.open("127.0.0.1")) {
            return socket.port();
        }
    }
}
