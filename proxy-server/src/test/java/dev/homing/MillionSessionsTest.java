package dev.homing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.DatagramSink;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.SessionState;
import dev.homing.linux.TableMemory;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.route.Backend;
import dev.homing.session.BackendPorts;
import dev.homing.session.ConnectionTable;
import dev.homing.session.SessionLimits;
import dev.homing.session.SessionTable;
import dev.homing.session.SourceAddresses;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What a million sessions cost, with tables as large as the presets make them, in the memory that
/// the kernel really gave, and on the heap.
class MillionSessionsTest {

    private static final int SESSIONS = 1_000_000;
    private static final int SESSIONS_MAX = 1 << 20;
    private static final int CONNECTION_IDS_MAX = 1 << 21;
    private static final int IDS_PER_SESSION = 2;
    private static final int BUDGET_BYTES = 256;
    private static final int IDLE_SECONDS = 120;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final Backend BACKEND =
            new Backend(0, "backend", 0, Address.mapped(0x0a010001), 443);

    private final Ledger ledger = new Ledger(1);
    private final TableMemory memory = new TableMemory();
    private final SipHash hash = new SipHash(1, 2);
    private final Datagram datagram = new DatagramPool(Arena.ofAuto(), 1).take();
    private final ConnectionIdWords connectionId = new ConnectionIdWords();
    private final MemorySegment octets = Arena.ofAuto().allocate(Long.BYTES, Long.BYTES);

    /// Without sockets.
    private static final class Ports implements BackendPorts {
        private int opened;

        @Override
        public int open(boolean ipv4) {
            return opened++;
        }

        @Override
        public DatagramSink sink(int port) {
            throw new AssertionError("nothing is sent");
        }
    }

    @Test
    void eachTakesAtMost256OctetsAllIncluded() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SourceAddresses sources =
                SourceAddresses.of(
                        new SourceAddresses.Block(0, Address.mapped(0x0a800000), SESSIONS_MAX));
        SessionTable sessions =
                new SessionTable(
                        memory,
                        new SessionLimits(SESSIONS_MAX, SESSIONS_MAX, IDLE_SECONDS, 10, 8),
                        new Ports(),
                        sources,
                        SourceAddresses.ANY,
                        hash,
                        ledger);
        ConnectionTable connections =
                new ConnectionTable(memory, CONNECTION_IDS_MAX, hash, IDLE_SECONDS, 10);
        assertTrue(residentBytes() < 1 << 20, "tables that nobody has used take memory");
        long heapBefore = threads.getCurrentThreadAllocatedBytes();

        for (int i = 0; i < SESSIONS; i++) {
            setFlow(i);
            int session = sessions.open(datagram, BACKEND, 0);
            sessions.establish(session, 0);
            for (int j = 0; j < IDS_PER_SESSION; j++) {
                connections.learn(id(i, j), BACKEND.id(), 0, ledger);
                connections.find(connectionId, 0); // a client used it: it is not evicted
            }
        }

        assertEquals(SESSIONS, ledger.sessions(SessionState.ESTABLISHED));
        long resident = residentBytes();
        checkAllAreFound(sessions, connections);
        // Closed, each leaves its source tuple to rest on the heap.
        while (ledger.sessions(SessionState.ESTABLISHED) > 0) {
            sessions.expire(IDLE_SECONDS, SESSIONS);
        }
        long heap = threads.getCurrentThreadAllocatedBytes() - heapBefore;
        long bytes = (resident + heap) / SESSIONS;
        assertTrue(
                bytes <= BUDGET_BYTES,
                () ->
                        "octets a session: %d, of which on the heap: %d"
                                .formatted(bytes, heap / SESSIONS));
        assertTrue(bytes > BUDGET_BYTES / 2, () -> "not everything was counted: " + bytes);
    }

    private void checkAllAreFound(SessionTable sessions, ConnectionTable connections) {
        long forgotten = 0;
        Address source = new Address();
        for (int i = 0; i < SESSIONS; i++) {
            setFlow(i);
            int session = sessions.find(datagram, BACKEND.id());
            assertTrue(session >= 0);
            sessions.readSource(session, true, source);
            assertEquals(
                    session, sessions.findBySource(sessions.backendPort(session), source, BACKEND));
            for (int j = 0; j < IDS_PER_SESSION; j++) {
                forgotten += connections.find(id(i, j), 0) == BACKEND.id() ? 0 : 1;
            }
        }
        assertTrue(forgotten <= SESSIONS / 10_000, "connection IDs forgotten: " + forgotten);
    }

    private void setFlow(int number) {
        datagram.peer().setIpv4(number, 1000);
        datagram.setRoute(hash.hash(number), 0);
    }

    private ConnectionIdWords id(int session, int number) {
        octets.set(ValueLayout.JAVA_LONG, 0, ((long) session * IDS_PER_SESSION + number) * GOLDEN);
        connectionId.read(octets, 0, Long.BYTES, 0);
        return connectionId;
    }

    /// Of the tables. One word a page in /proc/self/pagemap; its uppermost bit says that the page
    /// is there.
    private long residentBytes() throws IOException {
        int pageBytes = 4096;
        long present = 0;
        try (FileChannel pagemap = FileChannel.open(Path.of("/proc/self/pagemap"))) {
            for (MemorySegment table : memory.tables()) {
                long pages = (table.byteSize() + pageBytes - 1) / pageBytes;
                ByteBuffer words =
                        ByteBuffer.allocate((int) pages * Long.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN);
                long offset = table.address() / pageBytes * Long.BYTES;
                while (words.hasRemaining()) {
                    int read = pagemap.read(words, offset + words.position());
                    assertTrue(read > 0, "/proc/self/pagemap ends early");
                }
                words.flip();
                while (words.hasRemaining()) {
                    present += words.getLong() < 0 ? 1 : 0;
                }
            }
        }
        return present * pageBytes;
    }
}
