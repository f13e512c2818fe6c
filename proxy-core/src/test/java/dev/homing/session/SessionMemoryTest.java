package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.hash.SipHash;
import dev.homing.kit.Backends;
import dev.homing.kit.CountingMemory;
import dev.homing.kit.FakePorts;
import dev.homing.kit.Slots;
import dev.homing.ledger.Ledger;
import dev.homing.route.Backend;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DESIGN section 5: at most 256 octets a session in all.
class SessionMemoryTest {

    private static final int BUDGET_BYTES = 256;

    /// Of each connection, the server's connection ID and one alias.
    private static final int CONNECTION_IDS = 2;

    /// Of its source tuple, once it is closed.
    private static final int RESTING_TUPLE_BYTES = 14;

    private static final int LOOKS = 1_000;

    private static final Backend BACKEND = Backends.ipv4(0);

    private final Ledger ledger = new Ledger(10);

    @ParameterizedTest
    @ValueSource(ints = {1 << 10, (1 << 17) + 1, 100_000, 150_000, 1_000_000})
    void aSessionAndItsConnectionIdsTakeAtMost256Octets(int count) {
        CountingMemory memory = new CountingMemory();
        table(memory, count);
        new ConnectionTable(memory, CONNECTION_IDS * count, new SipHash(1, 2), 120, 10);
        long bytes = memory.bytes() / count + RESTING_TUPLE_BYTES;
        assertTrue(bytes <= BUDGET_BYTES, "octets a session: " + bytes);
    }

    /// Just above a power of two the indexes are at their emptiest.
    @Test
    void withoutConnectionIdsASessionTakesAtMost160Octets() {
        for (int count = 1 << 10; count <= 1 << 18; count *= 2) {
            CountingMemory memory = new CountingMemory();
            table(memory, count + 1);
            assertTrue(memory.bytes() / (count + 1) <= 160);
        }
    }

    /// Released source tuples are remembered on the heap, in pieces.
    @Test
    void aReleasedSourceTupleTakesAtMost14OctetsOfTheHeap() {
        int count = 100_000;
        SessionTable sessions = table(new CountingMemory(), count);
        Datagram datagram = Slots.datagram();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        openAndExpireAll(sessions, datagram, count / 10, 0); // classes are loaded, code is warm
        long before = threads.getCurrentThreadAllocatedBytes();
        openAndExpireAll(sessions, datagram, count, 1_000);
        long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / count;
        assertTrue(bytes <= RESTING_TUPLE_BYTES, "octets allocated a session: " + bytes);
    }

    private void openAndExpireAll(
            SessionTable sessions, Datagram datagram, int count, int nowSeconds) {
        for (int i = 0; i < count; i++) {
            datagram.peer().setIpv4(i, 1000);
            datagram.setRoute(i * 0x9e3779b97f4a7c15L, 0);
            sessions.open(datagram, BACKEND, nowSeconds);
        }
        while (ledger.backendSessions(0) > 0) {
            sessions.expire(nowSeconds + 500, LOOKS);
        }
    }

    private SessionTable table(CountingMemory memory, int count) {
        SourceAddresses addresses =
                SourceAddresses.of(
                        new SourceAddresses.Block(0, Address.mapped(0x0a000000), 1 << 20));
        return new SessionTable(
                memory,
                new SessionLimits(count, count, 120, 10, 4),
                new FakePorts(1, ledger),
                addresses,
                SourceAddresses.ANY,
                new SipHash(1, 2),
                ledger);
    }
}
