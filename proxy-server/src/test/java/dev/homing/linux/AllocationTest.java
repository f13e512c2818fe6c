package dev.homing.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.homing.datagram.Datagram;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The hot path makes no object: not for a datagram, not for a call, not for an error.
class AllocationTest {

    private static final int WARM_UP = 30_000;
    private static final int MEASURED = 100_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Loopback loopback = new Loopback();

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 127.0.0.3", "::, 127.0.0.3", "::, ::1", "127.0.0.1, 127.0.0.1"})
    void sendsAndReceivesWithoutAllocating(String listening, String reachedAt) {
        Loopback.assumeAvailable(listening);
        Loopback.assumeAvailable(reachedAt);
        try (UdpSocket client = Loopback.open(reachedAt);
                UdpSocket listener = Loopback.open(listening)) {
            Datagram datagram = loopback.datagram(reachedAt, listener.port(), 200, 1);
            datagram.setPayload(200, 0, 0b10);
            Loopback.set(datagram.local(), reachedAt, 0);
            loopback.send(client, datagram);
            pingPong(client, listener, WARM_UP);

            assertEquals(0, allocatedBy(() -> pingPong(client, listener, MEASURED)));
        }
    }

    /// The least of a few rounds: what one call allocates shows in each of them, what the compiler
    /// does at its own time (a deoptimization puts objects on the heap that had been optimized
    /// away) in one.
    private long allocatedBy(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5 && least > 0; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    /// One datagram goes back and forth, in the slot that it is received into each time.
    private void pingPong(UdpSocket one, UdpSocket other, int times) {
        UdpSocket at = other;
        for (int i = 0; i < times; i++) {
            int received = 0;
            while (received == 0) {
                received = loopback.receiver.receive(at, loopback.batch);
            }
            Datagram datagram = loopback.batch.get(0);
            loopback.batch.clear();
            if (loopback.send(at, datagram) != 1) {
                throw new AssertionError("not sent");
            }
            at = at == one ? other : one;
        }
        if (at != other) {
            throw new AssertionError("an even number of times");
        }
    }

    @Test
    void failsWithoutAllocating() {
        try (UdpSocket socket = Loopback.open("127.0.0.1")) {
            ErrorQueue errors = new ErrorQueue(loopback.syscalls);
            Datagram datagram = loopback.datagram("127.0.0.1", 9, 65_536, 1);
            loopback.sender.clear();
            loopback.sender.add(datagram, socket);
            fail(socket, errors, WARM_UP);

            assertEquals(0, allocatedBy(() -> fail(socket, errors, MEASURED)));
        }
    }

    private void fail(UdpSocket socket, ErrorQueue errors, int times) {
        int refused = 0;
        for (int i = 0; i < times; i++) {
            refused += loopback.sender.send(socket, 0) == -Errno.EMSGSIZE ? 1 : 0;
            refused += loopback.receiver.receive(socket, loopback.batch);
            refused += errors.drain(socket);
        }
        if (refused != times) {
            throw new AssertionError(refused + " of " + times);
        }
    }
}
