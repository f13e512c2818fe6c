package dev.homing.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.homing.datagram.Datagram;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorQueueTest {

    private final Loopback loopback = new Loopback();
    private final ErrorQueue errors = new ErrorQueue(loopback.syscalls);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void countsWhatTheNetworkReportsAndClearsThePendingError(String address) {
        Loopback.assumeAvailable(address);
        try (UdpSocket port = backendPort(address);
                UdpSocket alive = Loopback.open(address)) {
            int closed = closedPort(address);
            assertEquals(1, loopback.send(port, loopback.datagram(address, closed, 100, 1)));
            assertEquals(1, drainAtLeastOne(port));

            assertEquals(0, errors.drain(port));
            assertEquals(1, loopback.send(port, loopback.datagram(address, alive.port(), 100, 1)));
            assertEquals(0, loopback.receiver.receive(port, loopback.batch));
            loopback.receiveOne(alive).release();
        }
    }

    /// What [ErrorQueue] is for: the error of one backend comes out at the next datagram to
    /// another.
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void pendingErrorFailsTheNextDatagramOnce(String address) {
        Loopback.assumeAvailable(address);
        try (UdpSocket port = backendPort(address);
                UdpSocket alive = Loopback.open(address)) {
            loopback.send(port, loopback.datagram(address, closedPort(address), 100, 1));
            awaitPendingError(port, address, alive.port());

            assertEquals(1, loopback.send(port, loopback.datagram(address, alive.port(), 50, 1)));
            assertTrue(errors.drain(port) >= 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void doesNotTakeAnErrorOfThisMachineForOneOfTheNetwork(String address) {
        Loopback.assumeAvailable(address);
        try (UdpSocket port = backendPort(address)) {
            Datagram tooBig = loopback.datagram(address, 9, 65_530, 1);

            assertEquals(-Errno.EMSGSIZE, loopback.send(port, tooBig));

            assertEquals(0, errors.drain(port));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "::"})
    void listenersHearNothingOfClientsThatAreGone(String address) {
        Loopback.assumeAvailable(address);
        String peer = address.equals("::") ? "127.0.0.1" : address;
        try (UdpSocket listener = Loopback.open(address);
                UdpSocket alive = Loopback.open(peer)) {
            int closed = closedPort(peer);
            for (int i = 0; i < 20; i++) {
                assertEquals(1, loopback.send(listener, loopback.datagram(peer, closed, 100, 1)));
                assertEquals(
                        1, loopback.send(listener, loopback.datagram(peer, alive.port(), 9, 1)));
                loopback.receiveOne(alive).release();
            }
            assertEquals(0, loopback.receiver.receive(listener, loopback.batch));
            assertEquals(0, errors.drain(listener));
        }
    }

    private static UdpSocket backendPort(String address) {
        return UdpSocket.backendPort(address.contains("."), false, Loopback.BUFFERS);
    }

    private static int closedPort(String address) {
        try (UdpSocket socket = Loopback.open(address)) {
            return socket.port();
        }
    }

    private int drainAtLeastOne(UdpSocket port) {
        for (int i = 0; i < 50_000; i++) {
            int drained = errors.drain(port);
            if (drained > 0) {
                return drained;
            }
            LockSupport.parkNanos(100_000);
        }
        return fail("no ICMP error came back");
    }

    private void awaitPendingError(UdpSocket port, String address, int alive) {
        for (int i = 0; i < 50_000; i++) {
            int result = loopback.send(port, loopback.datagram(address, alive, 50, 1));
            if (result < 0) {
                assertEquals(-Errno.ECONNREFUSED, result);
                return;
            }
            LockSupport.parkNanos(100_000);
        }
        fail("no ICMP error came back");
    }
}
