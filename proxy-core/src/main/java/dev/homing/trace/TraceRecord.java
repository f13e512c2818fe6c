package dev.homing.trace;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.Trail;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// A flyweight over the record of a datagram, or of a train, which is one record.
///
/// ```
///  0  length of the record (4) | number of the trace (2) | side (1) | reason + 1, or 0 for sent (1)
///  8  when it was received, as of System.nanoTime() (8)
/// 16  remote address (16)                      32  local address (16)
/// 48  scope of the remote address (4)          52  remote port (2) | listener (2)
/// 56  backend, or negative (4)                 60  payload octets (4)
/// 64  of each datagram of a train but the last, else 0 (4)
/// 68  octets kept of each (4)
/// 72  method + 1 (1) | ECN (1) | octets of a short header's connection ID (1) | remote is a client (1)
/// 80  from then until the kernel took it for sending or refused it, in ns; -1 where it did not come so far (8)
/// 88  of the first datagram as many octets as are kept of each, then of the second, ...
/// ```
///
/// One thread. What it says holds until the reader releases the record.
public final class TraceRecord {

    /// A time that nobody took.
    public static final long UNKNOWN_NS = -1;

    private static final int NUMBER = 4;
    private static final int SIDE = 6;
    private static final int REASON = 7;
    private static final int TIME = 8;
    private static final int REMOTE_HIGH = 16;
    private static final int REMOTE_LOW = 24;
    private static final int LOCAL_HIGH = 32;
    private static final int LOCAL_LOW = 40;
    private static final int SCOPE = 48;
    private static final int REMOTE_PORT = 52;
    private static final int LISTENER = 54;
    private static final int BACKEND = 56;
    private static final int PAYLOAD = 60;
    private static final int SEGMENT = 64;
    private static final int SNAP = 68;
    private static final int METHOD = 72;
    private static final int ECN = 73;
    private static final int ID_LENGTH = 74;
    private static final int IS_CLIENT = 75;
    private static final int TOOK = 80;
    private static final int HEADER_BYTES = 88;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private static final Side[] SIDES = Side.values();
    private static final DropReason[] REASONS = DropReason.values();
    private static final RouteMethod[] METHODS = RouteMethod.values();

    private MemorySegment memory = MemorySegment.NULL;
    private int at;

    void lieAt(MemorySegment newMemory, int offset) {
        memory = newMemory;
        at = offset;
    }

    // Writing.

    /// Octets of a record.
    static int bytes(int length, int segment, int snap) {
        int whole = segment == 0 ? 0 : length / segment;
        int rest = length - whole * segment;
        return HEADER_BYTES + whole * Math.min(segment, snap) + Math.min(rest, snap);
    }

    /// Fills in the record of a part of a datagram, from an offset of its payload on.
    ///
    /// @param reason null for sent
    void write(
            Selection selection,
            Side side,
            Datagram datagram,
            int offset,
            int length,
            int segment,
            @Nullable DropReason reason,
            long tookNs) {
        Trail trail = datagram.trail();
        Address remote = trail.remote();
        RouteMethod method = trail.method();
        memory.set(SHORT, at + NUMBER, (short) selection.number());
        memory.set(BYTE, at + SIDE, (byte) side.ordinal());
        memory.set(BYTE, at + REASON, (byte) (reason == null ? 0 : reason.ordinal() + 1));
        memory.set(LONG, at + TIME, datagram.receivedNs());
        memory.set(LONG, at + TOOK, tookNs);
        memory.set(LONG, at + REMOTE_HIGH, remote.high());
        memory.set(LONG, at + REMOTE_LOW, remote.low());
        memory.set(LONG, at + LOCAL_HIGH, trail.local().high());
        memory.set(LONG, at + LOCAL_LOW, trail.local().low());
        memory.set(INT, at + SCOPE, remote.scope());
        memory.set(SHORT, at + REMOTE_PORT, (short) remote.port());
        memory.set(SHORT, at + LISTENER, (short) datagram.listener());
        memory.set(INT, at + BACKEND, trail.backend());
        memory.set(INT, at + PAYLOAD, length);
        memory.set(INT, at + SEGMENT, segment);
        memory.set(INT, at + SNAP, selection.snapBytes());
        memory.set(BYTE, at + METHOD, (byte) (method == null ? 0 : method.ordinal() + 1));
        memory.set(BYTE, at + ECN, (byte) datagram.ecn());
        memory.set(BYTE, at + ID_LENGTH, (byte) trail.idLength());
        memory.set(BYTE, at + IS_CLIENT, (byte) (trail.isRemoteClient() ? 1 : 0));
        copyHeads(datagram.bytes(), offset, length, segment, selection.snapBytes());
    }

    private void copyHeads(MemorySegment payload, int offset, int length, int segment, int snap) {
        int step = segment == 0 ? length : segment;
        long to = (long) at + HEADER_BYTES;
        for (int done = 0; done < length; done += step) {
            int kept = Math.min(snap, Math.min(step, length - done));
            MemorySegment.copy(payload, offset + done, memory, to, kept);
            to += kept;
        }
    }

    // Reading.

    /// Of the trace that it was made for.
    public int number() {
        return Short.toUnsignedInt(memory.get(SHORT, at + NUMBER));
    }

    /// Where the datagram was received from.
    public Side side() {
        return SIDES[memory.get(BYTE, at + SIDE)];
    }

    /// Why it went no further; null if it was sent.
    public @Nullable DropReason reason() {
        int reason = memory.get(BYTE, at + REASON);
        return reason == 0 ? null : REASONS[reason - 1];
    }

    /// When it was received, as of System.nanoTime().
    public long timeNs() {
        return memory.get(LONG, at + TIME);
    }

    /// Nanoseconds from then until the kernel took it for sending, or refused it; [#UNKNOWN_NS] for
    /// what was dropped before.
    public long tookNs() {
        return memory.get(LONG, at + TOOK);
    }

    /// The client's address; or the sender's, if [#isRemoteClient] says no.
    public void readRemote(Address into) {
        into.set(
                memory.get(LONG, at + REMOTE_HIGH),
                memory.get(LONG, at + REMOTE_LOW),
                Short.toUnsignedInt(memory.get(SHORT, at + REMOTE_PORT)),
                memory.get(INT, at + SCOPE));
    }

    public boolean isRemoteClient() {
        return memory.get(BYTE, at + IS_CLIENT) != 0;
    }

    /// The local address that the remote one wrote to, or knows Homing by; without its port.
    public void readLocal(Address into) {
        into.set(memory.get(LONG, at + LOCAL_HIGH), memory.get(LONG, at + LOCAL_LOW), 0, 0);
    }

    /// Index of the listening address, where the remote one is a client.
    public int listener() {
        return Short.toUnsignedInt(memory.get(SHORT, at + LISTENER));
    }

    /// Id of the backend, or a negative number.
    public int backend() {
        return memory.get(INT, at + BACKEND);
    }

    /// Null where none was needed, or the datagram did not come so far.
    public @Nullable RouteMethod method() {
        int method = memory.get(BYTE, at + METHOD);
        return method == 0 ? null : METHODS[method - 1];
    }

    /// The two ECN bits of the IP header.
    public int ecn() {
        return memory.get(BYTE, at + ECN);
    }

    /// Octets of a short header's destination connection ID, 0 if nobody knows.
    public int idLength() {
        return memory.get(BYTE, at + ID_LENGTH);
    }

    /// Of all datagrams together.
    public int lengthBytes() {
        return memory.get(INT, at + PAYLOAD);
    }

    /// Of each datagram of a train but the last, which may be shorter; 0 if there is only one.
    public int segmentBytes() {
        return memory.get(INT, at + SEGMENT);
    }

    public int count() {
        int segment = segmentBytes();
        return segment == 0 ? 1 : (lengthBytes() + segment - 1) / segment;
    }

    /// Length of one of the datagrams.
    public int lengthBytes(int index) {
        int segment = segmentBytes();
        return segment == 0 ? lengthBytes() : Math.min(segment, lengthBytes() - index * segment);
    }

    /// What was kept of one of the datagrams.
    public byte[] head(int index) {
        int snap = memory.get(INT, at + SNAP);
        long from = (long) at + HEADER_BYTES + (long) index * Math.min(snap, segmentBytes());
        return memory.asSlice(from, Math.min(snap, lengthBytes(index)))
                .toArray(ValueLayout.JAVA_BYTE);
    }
}
