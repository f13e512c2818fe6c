package dev.homing.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.datagram.DatagramPool;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What survives the way through the kernel, over each kind of socket.
class DatagramsThroughSocketsTest {

    /// The sender's socket, the receiver's socket, and the address that reaches the receiver.
    private static final String KINDS =
            """
            127.0.0.1, 127.0.0.1, 127.0.0.1
            0.0.0.0,   0.0.0.0,   127.0.0.1
            ::1,       ::1,       ::1
            ::,        ::,        ::1
            ::,        ::,        127.0.0.1
            0.0.0.0,   ::,        127.0.0.1
            ::,        0.0.0.0,   127.0.0.1
            """;

    private final Loopback loopback = new Loopback();

    @ParameterizedTest
    @CsvSource(textBlock = KINDS)
    void carriesDatagramsOfEveryLength(String from, String to, String reachedAt) {
        Loopback.assumeAvailable(from);
        Loopback.assumeAvailable(to);
        Loopback.assumeAvailable(reachedAt);
        try (UdpSocket sender = Loopback.open(from);
                UdpSocket receiver = Loopback.open(to)) {
            for (int length : new int[] {0, 1, 1200, 1472, 9000, longest(reachedAt)}) {
                Datagram sent = loopback.datagram(reachedAt, receiver.port(), length, length);
                assertEquals(1, loopback.send(sender, sent));

                Datagram received = loopback.receiveOne(receiver);

                assertArrayEquals(Loopback.payload(length, length), Loopback.payload(received));
                assertEquals(0, received.segmentBytes());
                received.release();
            }
        }
    }

    /// IPv4 counts its own header in its 16 bits of length. IPv6 does not, but the loopback
    /// interface passes 65536 octets with it, and nothing is fragmented.
    private static int longest(String address) {
        return address.contains(".") ? 65_535 - 20 - 8 : 65_536 - 40 - 8;
    }

    @ParameterizedTest
    @CsvSource(textBlock = KINDS)
    void tellsWhoSentAndToWhichAddress(String from, String to, String reachedAt) {
        Loopback.assumeAvailable(from);
        Loopback.assumeAvailable(to);
        Loopback.assumeAvailable(reachedAt);
        try (UdpSocket sender = Loopback.open(from);
                UdpSocket receiver = Loopback.open(to)) {
            loopback.send(sender, loopback.datagram(reachedAt, receiver.port(), 1200, 1));

            Datagram received = loopback.receiveOne(receiver);

            assertEquals(
                    Loopback.text(Loopback.address(reachedAt, sender.port())),
                    Loopback.text(received.peer()));
            assertEquals(
                    Loopback.text(Loopback.address(reachedAt, 0)), Loopback.text(received.local()));
            assertEquals(reachedAt.contains("."), received.peer().isIpv4());
            received.release();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = KINDS)
    void carriesEcnMarks(String from, String to, String reachedAt) {
        Loopback.assumeAvailable(from);
        Loopback.assumeAvailable(to);
        Loopback.assumeAvailable(reachedAt);
        try (UdpSocket sender = Loopback.open(from);
                UdpSocket receiver = Loopback.open(to)) {
            for (int ecn : new int[] {0b00, 0b01, 0b10, 0b11, 0b00}) {
                Datagram sent = loopback.datagram(reachedAt, receiver.port(), 100, ecn);
                sent.setPayload(100, 0, ecn);
                assertEquals(1, loopback.send(sender, sent));

                Datagram received = loopback.receiveOne(receiver);

                assertEquals(ecn, received.ecn());
                received.release();
            }
        }
    }

    /// What a listener on a wildcard address does: it answers from the address that the client
    /// wrote to.
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    0.0.0.0, 127.0.0.7
                    ::,      127.0.0.7
                    ::,      ::1
                    """)
    void answersFromTheAddressThatWasWrittenTo(String wildcard, String reachedAt) {
        Loopback.assumeAvailable(wildcard);
        Loopback.assumeAvailable(reachedAt);
        try (UdpSocket client = Loopback.open(reachedAt.contains(".") ? "0.0.0.0" : "::");
                UdpSocket listener = Loopback.open(wildcard)) {
            loopback.send(client, loopback.datagram(reachedAt, listener.port(), 50, 1));

            Datagram request = loopback.receiveOne(listener);
            request.setPayload(40, 0, 0b10); // with a mark, so that both control messages are there
            assertEquals(1, loopback.send(listener, request));
            Datagram answer = loopback.receiveOne(client);

            assertEquals(
                    Loopback.text(Loopback.address(reachedAt, listener.port())),
                    Loopback.text(answer.peer()));
            assertEquals(0b10, answer.ecn());
            answer.release();
        }
    }

    @Test
    void sendsFromAnyOfTheSourceAddressesOfABackendPort() {
        try (UdpSocket backend = Loopback.open("127.0.0.1");
                UdpSocket port = UdpSocket.backendPort(true, true, Loopback.BUFFERS)) {
            for (String source : List.of("127.0.0.2", "127.9.8.7")) {
                Datagram sent = loopback.datagram("127.0.0.1", backend.port(), 30, 1);
                Loopback.set(sent.local(), source, 0);
                assertEquals(1, loopback.send(port, sent));

                Datagram request = loopback.receiveOne(backend);
                assertEquals(
                        Loopback.text(Loopback.address(source, port.port())),
                        Loopback.text(request.peer()));
                request.local().clear();
                assertEquals(1, loopback.send(backend, request));

                Datagram answer = loopback.receiveOne(port);
                assertEquals(
                        Loopback.text(Loopback.address(source, 0)), Loopback.text(answer.local()));
                answer.release();
            }
        }
    }

    @Test
    void tellsNoLocalAddressWhereTheKernelChoosesIt() {
        try (UdpSocket backend = Loopback.open("127.0.0.1");
                UdpSocket port = UdpSocket.backendPort(true, false, Loopback.BUFFERS)) {
            Datagram sent = loopback.datagram("127.0.0.1", port.port(), 30, 1);
            loopback.send(backend, sent);

            Datagram received = loopback.receiveOne(port);

            assertFalse(received.local().isSpecified());
            received.release();
        }
    }

    @Test
    void receivesManyInOneCallInTheirOrder() {
        try (UdpSocket sender = Loopback.open("127.0.0.1");
                UdpSocket receiver = Loopback.open("127.0.0.1")) {
            int count = 3 * DatagramBatch.CAPACITY / 2;
            for (int i = 0; i < count; i++) {
                Datagram datagram = loopback.datagram("127.0.0.1", receiver.port(), 10 + i, i);
                loopback.send(sender, datagram);
            }

            int first = loopback.receiver.receive(receiver, loopback.batch);

            assertEquals(DatagramBatch.CAPACITY, first);
            assertEquals(DatagramBatch.CAPACITY, loopback.batch.size());
            for (int i = 0; i < first; i++) {
                assertArrayEquals(
                        Loopback.payload(10 + i, i), Loopback.payload(loopback.batch.get(i)));
                loopback.batch.get(i).release();
            }
            loopback.batch.clear();
            List<Datagram> rest = loopback.receive(receiver, count - first);
            for (int i = 0; i < rest.size(); i++) {
                assertArrayEquals(
                        Loopback.payload(10 + first + i, first + i), Loopback.payload(rest.get(i)));
                rest.get(i).release();
            }
        }
    }

    @Test
    void receivesNoMoreThanThereAreSlotsFor() {
        DatagramPool three = new DatagramPool(new PageMemory(), 3);
        ReceiveVector vector = new ReceiveVector(loopback.syscalls, three);
        try (UdpSocket sender = Loopback.open("127.0.0.1");
                UdpSocket receiver = Loopback.open("127.0.0.1")) {
            for (int i = 0; i < 5; i++) {
                loopback.send(sender, loopback.datagram("127.0.0.1", receiver.port(), 10 + i, i));
            }
            DatagramBatch batch = loopback.batch;

            assertEquals(3, vector.receive(receiver, batch));
            assertEquals(0, vector.receive(receiver, batch));

            assertEquals(12, batch.get(2).lengthBytes());
            batch.get(0).release();
            batch.get(1).release();
            batch.clear();
            assertEquals(2, vector.receive(receiver, batch));
            assertEquals(13, batch.get(0).lengthBytes());
            assertEquals(14, batch.get(1).lengthBytes());
            assertEquals(0, three.available());
        }
    }

    @Test
    void tellsHowManyDatagramsWereCutOff() {
        ReceiveVector small = new ReceiveVector(loopback.syscalls, loopback.pool, 100);
        try (UdpSocket sender = Loopback.open("127.0.0.1");
                UdpSocket receiver = Loopback.open("127.0.0.1")) {
            for (int length : new int[] {100, 101, 99}) {
                loopback.send(sender, loopback.datagram("127.0.0.1", receiver.port(), length, 1));
            }

            assertEquals(3, small.receive(receiver, loopback.batch));

            assertEquals(1, small.truncated());
            assertEquals(100, small.truncatedBytes());
            assertEquals(2, loopback.batch.size());
            assertEquals(99, loopback.batch.get(1).lengthBytes());
            assertEquals(0, small.receive(receiver, new DatagramBatch()));
            assertEquals(0, small.truncated());
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "::1"})
    void cutsATrainIntoEqualDatagrams(String address) {
        Loopback.assumeAvailable(address);
        try (UdpSocket sender = Loopback.open(address);
                UdpSocket receiver = Loopback.open(address)) {
            Datagram train = loopback.datagram(address, receiver.port(), 4 * 1200 + 77, 1);
            train.setPayload(train.lengthBytes(), 1200, 0b01);
            assertEquals(5, train.count());
            assertEquals(1, loopback.send(sender, train));

            List<Datagram> received = loopback.receive(receiver, 5);

            for (Datagram datagram : received) {
                assertEquals(datagram == received.getLast() ? 77 : 1200, datagram.lengthBytes());
                assertEquals(0, datagram.segmentBytes());
                assertEquals(0b01, datagram.ecn());
                datagram.release();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "::1"})
    void receivesATrainInOnePieceWhereAsked(String address) {
        Loopback.assumeAvailable(address);
        try (UdpSocket sender = Loopback.open(address);
                UdpSocket receiver = Loopback.open(address)) {
            receiver.joinTrains();
            int length = 10 * 1200 + 77;
            Datagram train = loopback.datagram(address, receiver.port(), length, 9);
            train.setPayload(length, 1200, 0);
            loopback.send(sender, train);

            Datagram received = loopback.receiveOne(receiver);

            assertEquals(1200, received.segmentBytes());
            assertEquals(11, received.count());
            assertArrayEquals(Loopback.payload(length, 9), Loopback.payload(received));
            received.release();

            loopback.send(sender, loopback.datagram(address, receiver.port(), 500, 1));
            Datagram single = loopback.receiveOne(receiver);
            assertEquals(0, single.segmentBytes());
            assertEquals(1, single.count());
            single.release();
        }
    }

    /// Fragments would need the DF bit clear: what does not fit has to fail instead.
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "::, 127.0.0.1"})
    void refusesWhatDoesNotFitAndSendsTheRest(String from, String to) {
        Loopback.assumeAvailable(from);
        Loopback.assumeAvailable(to);
        try (UdpSocket sender = Loopback.open(from);
                UdpSocket receiver = Loopback.open(to)) {
            Datagram[] datagrams = {
                loopback.datagram(to, receiver.port(), 10, 1),
                loopback.datagram(to, receiver.port(), 65_536, 2),
                loopback.datagram(to, receiver.port(), 12, 3),
            };
            loopback.sender.clear();
            for (Datagram datagram : datagrams) {
                loopback.sender.add(datagram, sender);
            }

            assertEquals(1, loopback.sender.send(sender, 0));
            assertEquals(-Errno.EMSGSIZE, loopback.sender.send(sender, 1));
            assertEquals(1, loopback.sender.send(sender, 2));

            List<Datagram> received = loopback.receive(receiver, 2);
            assertEquals(10, received.get(0).lengthBytes());
            assertEquals(12, received.get(1).lengthBytes());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 192.0.2.1, 127.0.0.1",
        "::, 192.0.2.1, 127.0.0.1",
        "::, 2001:db8::1, ::1",
    })
    void refusesASourceAddressOfSomebodyElse(String from, String source, String to) {
        Loopback.assumeAvailable(from);
        Loopback.assumeAvailable(to);
        try (UdpSocket sender = Loopback.open(from)) {
            Datagram datagram = loopback.datagram(to, 9, 10, 1);
            Loopback.set(datagram.local(), source, 0);

            int result = loopback.send(sender, datagram);

            // Since Linux 5.4, IPv4 says ENETUNREACH where it said EINVAL before.
            assertTrue(
                    List.of(-Errno.EINVAL, -Errno.EADDRNOTAVAIL, -Errno.ENETUNREACH)
                            .contains(result),
                    () -> Errno.describe(-result));
        }
    }
}
