package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.datagram.DatagramPool;
import dev.homing.linux.PageMemory;
import dev.homing.linux.ReceiveVector;
import dev.homing.linux.SendVector;
import dev.homing.linux.SocketBuffers;
import dev.homing.linux.Syscalls;
import dev.homing.linux.UdpSocket;
import dev.homing.testkit.Eventually;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarksTest {

    private static final SocketBuffers BUFFERS = new SocketBuffers(1 << 20, 1 << 20);

    private final Syscalls syscalls = new Syscalls();
    private final DatagramPool pool =
            new DatagramPool(new PageMemory(), 2 * DatagramBatch.CAPACITY);
    private final ReceiveVector receiver = new ReceiveVector(syscalls, pool);
    private final SendVector sender = new SendVector(syscalls);
    private final DatagramBatch batch = new DatagramBatch();

    /// RFC 3168 section 5: 00 not capable, 01 ECT(1), 10 ECT(0), 11 congestion experienced.
    @ParameterizedTest
    @CsvSource({
        "DEDICATED_RECEIVERS, 127.0.0.1:0, 127.0.0.1, 127.0.0.1",
        "DEDICATED_RECEIVERS, '[::]:0', ::1, 127.0.0.1",
        "RUN_TO_COMPLETION, '[::]:0', 127.0.0.1, ::1",
        "RUN_TO_COMPLETION, '[::1]:0', ::1, ::1",
    })
    void carriesEcnMarksInBothDirections(
            Shape shape, String listen, String client, String backend) {
        try (UdpSocket server = open(backend);
                UdpSocket asking = open(client);
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .listen(listen)
                                .backend("a", new InetSocketAddress(backend, server.port()))
                                .start()) {
            for (int there = 0; there < 4; there++) {
                for (int back = 0; back < 4; back++) {
                    Datagram question = pool.take();
                    question.bytes().asByteBuffer().put(Client.initial(1, 2, 1200));
                    question.setPayload(1200, 0, there);
                    set(question.peer(), client, homing.address().getPort());
                    question.local().clear();
                    send(asking, question);

                    Datagram arrived = receive(server, homing);
                    assertEquals(there, arrived.ecn(), "toward the backend");
                    arrived.setPayload(arrived.lengthBytes(), 0, back);
                    send(server, arrived);

                    Datagram answer = receive(asking, homing);
                    assertEquals(back, answer.ecn(), "toward the client");
                    answer.release();
                }
            }
            homing.assertBooksBalance();
        }
    }

    private static UdpSocket open(String ip) {
        return UdpSocket.listen(new InetSocketAddress(ip, 0), 1, BUFFERS).getFirst();
    }

    private static void set(Address address, String ip, int port) {
        ByteBuffer octets =
                ByteBuffer.wrap(new InetSocketAddress(ip, port).getAddress().getAddress());
        if (octets.capacity() == Integer.BYTES) {
            address.setIpv4(octets.getInt(), port);
        } else {
            address.set(octets.getLong(), octets.getLong(), port, 0);
        }
    }

    private void send(UdpSocket socket, Datagram datagram) {
        sender.clear();
        sender.add(datagram, socket);
        assertEquals(1, sender.send(socket, 0));
        datagram.release();
    }

    private Datagram receive(UdpSocket socket, Homing homing) {
        batch.clear();
        Eventually.holds(
                homing::account, Eventually.DEADLINE, () -> receiver.receive(socket, batch) > 0);
        assertEquals(1, batch.size());
        return batch.get(0);
    }
}
