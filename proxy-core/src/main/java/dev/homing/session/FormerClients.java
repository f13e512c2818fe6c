package dev.homing.session;

import dev.homing.datagram.Address;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Migration;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Who has lately had a session toward which backend, so that of a client who comes on a new flow
/// it can be told what has changed: two marks a session, of address and port, and of the address
/// alone.
///
/// ```
/// place   | 32 bits of the hash of (address, port or ANY_PORT, backend), never 0 |    0 is nobody
/// ```
///
/// 2 MiB, however many sessions there may be. A mark takes the place of an older one, so that a
/// client is forgotten some hundred thousand sessions later; then it looks as if its address had
/// changed. One mark is mistaken for another once in 2^31. All shards share it without a lock: a
/// mark is one word, and of two that race for a place one is forgotten. It is written and read when
/// sessions are opened, never for a datagram of one that is open.
public final class FormerClients {

    private static final int ANY_PORT = -1;

    private static final int PLACES = 1 << 19;

    private static final ValueLayout.OfInt MARK = ValueLayout.JAVA_INT;
    private static final VarHandle MARKS = MARK.varHandle();

    private final MemorySegment marks;
    private final SipHash hash;

    /// @param hash with a key that strangers do not know
    public FormerClients(SegmentAllocator memory, SipHash hash) {
        marks = memory.allocate((long) PLACES * Integer.BYTES, Integer.BYTES);
        this.hash = hash;
    }

    /// Remembers that a client has a session toward a backend.
    public void add(Address client, int backend) {
        put(hash(client, client.port(), backend));
        put(hash(client, ANY_PORT, backend));
    }

    /// What has changed about a client who has no session toward a backend that knows it; null if
    /// nothing has, since its session has only been forgotten.
    public @Nullable Migration kindOf(Address client, int backend) {
        if (contains(hash(client, client.port(), backend))) {
            return null;
        }
        return contains(hash(client, ANY_PORT, backend)) ? Migration.PORT : Migration.ADDRESS;
    }

    private long hash(Address client, int port, int backend) {
        return hash.hash(client.high(), client.low(), client.scope(), port, backend);
    }

    private void put(long clientHash) {
        MARKS.setOpaque(marks, offset(clientHash), mark(clientHash));
    }

    private boolean contains(long clientHash) {
        return (int) MARKS.getOpaque(marks, offset(clientHash)) == mark(clientHash);
    }

    private long offset(long clientHash) {
        return (clientHash & (PLACES - 1)) * Integer.BYTES;
    }

    private static int mark(long clientHash) {
        return (int) (clientHash >>> Integer.SIZE) | 1;
    }
}
