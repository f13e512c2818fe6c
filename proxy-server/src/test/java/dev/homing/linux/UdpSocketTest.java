package dev.homing.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Datagram;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdpSocketTest {

    private final Loopback loopback = new Loopback();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1", "::"})
    void sharesOnePortAmongItsReceivers(String address) {
        Loopback.assumeAvailable(address);
        List<UdpSocket> sockets = UdpSocket.listen(Loopback.at(address, 0), 4, Loopback.BUFFERS);

        assertEquals(4, sockets.size());
        for (UdpSocket socket : sockets) {
            assertNotEquals(0, socket.port());
            assertEquals(sockets.getFirst().port(), socket.port());
        }
        sockets.forEach(UdpSocket::close);
    }

    @Test
    void spreadsFlowsOverItsReceivers() {
        List<UdpSocket> listeners =
                UdpSocket.listen(Loopback.at("127.0.0.1", 0), 4, Loopback.BUFFERS);
        int flows = 64;
        for (int i = 0; i < flows; i++) {
            try (UdpSocket client = Loopback.open("127.0.0.1")) {
                int port = listeners.getFirst().port();
                loopback.send(client, loopback.datagram("127.0.0.1", port, 10, i));
            }
        }

        int received = 0;
        for (UdpSocket listener : listeners) {
            // Each of 64 flows misses one of 4 sockets with probability 3/4: 1e-8 that one gets
            // nothing.
            List<Datagram> here = loopback.receive(listener, 1);
            received += here.size();
            here.forEach(Datagram::release);
        }
        assertEquals(flows, received);
        listeners.forEach(UdpSocket::close);
    }

    /// The address of the one is the other's as well, or a part of it.
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void refusesAPortThatAnotherHomingListensOn(String address) {
        for (int receivers : new int[] {1, 3}) {
            List<UdpSocket> first =
                    UdpSocket.listen(Loopback.at(address, 0), receivers, Loopback.BUFFERS);
            int port = first.getFirst().port();

            BrokenMachine thrown =
                    assertThrows(
                            BrokenMachine.class,
                            () ->
                                    UdpSocket.listen(
                                            Loopback.at("127.0.0.1", port), 2, Loopback.BUFFERS));

            assertEquals(Errno.EADDRINUSE, thrown.errno());
            assertTrue(thrown.getMessage().contains("bind to 127.0.0.1:" + port));
            assertTrue(thrown.getMessage().contains("ss -lunp 'sport = :" + port + "'"));
            first.forEach(UdpSocket::close);
        }
    }

    @Test
    void refusesAPortThatAnotherProgramHas() throws Exception {
        try (DatagramSocket other = new DatagramSocket(Loopback.at("127.0.0.1", 0))) {
            InetSocketAddress address = Loopback.at("127.0.0.1", other.getLocalPort());

            BrokenMachine thrown =
                    assertThrows(
                            BrokenMachine.class,
                            () -> UdpSocket.listen(address, 1, Loopback.BUFFERS));

            assertEquals(Errno.EADDRINUSE, thrown.errno());
        }
    }

    @Test
    void closesWhatItOpenedWhenOneFails() throws Exception {
        try (UdpSocket other = Loopback.open("127.0.0.1")) {
            long before = openSockets();

            assertThrows(
                    BrokenMachine.class,
                    () ->
                            UdpSocket.listen(
                                    Loopback.at("127.0.0.1", other.port()), 3, Loopback.BUFFERS));

            assertEquals(before, openSockets());
        }
    }

    private static long openSockets() throws IOException {
        long count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path file : files) {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.readSymbolicLink(file).toString().startsWith("socket:")) {
                    count++;
                }
            }
        }
        return count;
    }

    @Test
    void refusesAnAddressThatIsNotHere() {
        BrokenMachine thrown =
                assertThrows(
                        BrokenMachine.class,
                        () -> UdpSocket.listen(Loopback.at("192.0.2.1", 0), 1, Loopback.BUFFERS));

        assertEquals(Errno.EADDRNOTAVAIL, thrown.errno());
        assertTrue(
                thrown.getMessage().startsWith("bind to 192.0.2.1:0 failed with EADDRNOTAVAIL"),
                thrown::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "::, 443, [::]:443",
        "::1, 1, [::1]:1",
        "fd12:0:0:1::77, 8443, [fd12::1:0:0:0:77]:8443",
        "2001:db8:1:2:3:4:5:6, 9, [2001:db8:1:2:3:4:5:6]:9",
        "127.0.0.1, 443, 127.0.0.1:443",
    })
    void namesAddressesAsOperatorsWriteThem(String ip, int port, String text) {
        assertEquals(text, SocketRemedies.text(Loopback.at(ip, port)));
    }

    /// A specific IPv6 address leaves the same port of IPv4 to others; the wildcard takes both.
    @Test
    void listensOnIpv4AsWellOnlyAtTheWildcard() throws Exception {
        Loopback.assumeAvailable("::");
        Loopback.assumeAvailable("::1");
        try (UdpSocket both = Loopback.open("::")) {
            assertThrows(
                    BrokenMachine.class,
                    () ->
                            UdpSocket.listen(
                                    Loopback.at("127.0.0.1", both.port()), 1, Loopback.BUFFERS));
        }
        try (UdpSocket one = Loopback.open("::1")) {
            UdpSocket.listen(Loopback.at("127.0.0.1", one.port()), 1, Loopback.BUFFERS)
                    .forEach(UdpSocket::close);
        }
    }

    @Test
    void saysWhichBuffersWereGranted() {
        SocketBuffers modest = new SocketBuffers(100_000, 120_000);
        try (UdpSocket socket =
                UdpSocket.listen(Loopback.at("127.0.0.1", 0), 1, modest).getFirst()) {
            assertEquals(modest, socket.buffers());
        }
        SocketBuffers huge = new SocketBuffers(1 << 30, 1 << 30);
        try (UdpSocket socket = UdpSocket.listen(Loopback.at("127.0.0.1", 0), 1, huge).getFirst()) {
            assertTrue(socket.buffers().receiveBytes() > 0);
            assertTrue(socket.buffers().receiveBytes() <= 1 << 30);
        }
        SocketBuffers default_ = new SocketBuffers(0, 0);
        try (UdpSocket socket =
                UdpSocket.listen(Loopback.at("127.0.0.1", 0), 1, default_).getFirst()) {
            assertTrue(socket.buffers().sendBytes() > 0);
        }
    }

    @Test
    void countsWhatTheKernelDroppedForWantOfRoom() {
        UdpSocket narrow =
                UdpSocket.listen(Loopback.at("127.0.0.1", 0), 1, new SocketBuffers(1, 0))
                        .getFirst();
        assertEquals(0, narrow.receiveDrops());
        try (UdpSocket sender = Loopback.open("127.0.0.1")) {
            for (int i = 0; i < 100; i++) {
                loopback.send(sender, loopback.datagram("127.0.0.1", narrow.port(), 1200, i));
            }
        }
        int kept = loopback.receiver.receive(narrow, loopback.batch);

        long drops = narrow.receiveDrops();

        assertEquals(100, kept + drops);
        assertTrue(drops > 0);
        narrow.close();
        assertEquals(drops, narrow.receiveDrops());
        narrow.close();
    }

    @Test
    void tellsHowFullItsReceiveBufferIs() {
        SocketMemoryReader reader = new SocketMemoryReader();
        SocketMemory empty = new SocketMemory(0, 200_000, 0);
        UdpSocket socket =
                UdpSocket.listen(Loopback.at("127.0.0.1", 0), 1, new SocketBuffers(100_000, 0))
                        .getFirst();
        assertEquals(empty, socket.memory(reader).orElseThrow());
        try (UdpSocket sender = Loopback.open("127.0.0.1")) {
            for (int i = 0; i < 10; i++) {
                loopback.send(sender, loopback.datagram("127.0.0.1", socket.port(), 1200, i));
            }
        }

        SocketMemory full = socket.memory(reader).orElseThrow();

        assertTrue(full.queueBytes() >= 10 * 1200, full::toString);
        assertTrue(full.queueBytes() <= full.limitBytes(), full::toString);
        assertEquals(10, loopback.receiver.receive(socket, loopback.batch));
        assertEquals(empty, socket.memory(reader).orElseThrow());
        socket.close();
        assertEquals(empty, socket.memory(reader).orElseThrow());
    }

    /// The mark that a datagram carries, and the kernel's own view of it, from a socket that is not
    /// ours.
    @Test
    void isUnderstoodByOtherPrograms() throws Exception {
        try (UdpSocket ours = Loopback.open("127.0.0.1");
                DatagramChannel theirs = DatagramChannel.open()) {
            theirs.bind(Loopback.at("127.0.0.1", 0));
            int port = ((InetSocketAddress) theirs.getLocalAddress()).getPort();
            loopback.send(ours, loopback.datagram("127.0.0.1", port, 333, 7));

            ByteBuffer bytes = ByteBuffer.allocate(1000);
            assertEquals(Loopback.at("127.0.0.1", ours.port()), theirs.receive(bytes));
            assertEquals(333, bytes.position());
        }
    }
}
