package dev.homing.trace;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.Trail;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.quic.QuicHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where one thread's datagrams are looked at for a trace. Each is recorded where it ends: when it
/// is sent, or dropped.
///
/// A shard follows the feed when it has nothing left to send, so that whatever waits to be sent has
/// been looked at exactly if the trace is on. One thread, but for [#followed].
public final class Tracer {

    private final TraceFeed feed;
    private final TraceRing ring;
    private final TraceRecord record = new TraceRecord();
    private final QuicHeader header = new QuicHeader();
    private final ConnectionIdWords connectionId = new ConnectionIdWords();

    /// Dropped datagrams of the reasons that the trace takes, to record each so many-th of.
    private final long[] dropsSeen = new long[DropReason.values().length];

    private Selection selection = Selection.NONE;
    private boolean isOn;
    private volatile int followed;

    public Tracer(TraceFeed feed, TraceRing ring) {
        this.feed = feed;
        this.ring = ring;
    }

    /// For a thread that nobody will ask for a trace.
    public static Tracer off() {
        return new Tracer(new TraceFeed(), new TraceRing(Arena.ofAuto(), TraceRing.ALIGNMENT));
    }

    /// Looks at what the feed says: between turns, while nothing waits to be sent.
    public void follow() {
        Selection latest = feed.latest();
        if (latest != selection) {
            selection = latest;
            isOn = latest.isAnything();
            Arrays.fill(dropsSeen, 0);
            followed = latest.number();
        }
    }

    /// Number of the trace that the thread has begun, 0 for none. Any thread.
    public int followed() {
        return followed;
    }

    /// Whether datagrams are to be shown to this at all.
    public boolean isOn() {
        return isOn;
    }

    /// Number of the trace, for sessions to remember it by; only while on.
    public int number() {
        return selection.number();
    }

    /// Whether a connection ID of this packet is of the sample, or is the one asked for. The sample
    /// is of connection IDs that clients address servers by: in what a client sends, those that it
    /// is sent to; in what a backend sends, those that its long headers say it has chosen.
    ///
    /// @param side where it comes from
    /// @param at where the packet begins in the slot
    /// @param idLength octets of a short header's destination connection ID, 0 if nobody knows
    public boolean wants(Side side, MemorySegment bytes, int at, int length, int idLength) {
        if (selection.isEverything()) {
            return true;
        }
        return switch (header.read(bytes, at, length)) {
            case LONG -> wantsLong(side, bytes);
            case SHORT -> wantsShort(side, bytes, idLength);
            case TRUNCATED, EMPTY -> false;
        };
    }

    private boolean wantsLong(Side side, MemorySegment bytes) {
        int dcid = header.dcidOffset();
        int scid = header.scidOffset();
        boolean isSampled =
                side == Side.CLIENT
                        ? selection.samples(bytes, dcid, header.dcidLength())
                        : selection.samples(bytes, scid, header.scidLength());
        return isSampled
                || selection.asks(bytes, dcid, header.dcidLength(), connectionId)
                || selection.asks(bytes, scid, header.scidLength(), connectionId);
    }

    private boolean wantsShort(Side side, MemorySegment bytes, int idLength) {
        int dcid = header.dcidOffset();
        return side == Side.CLIENT
                        && idLength <= header.dcidLength()
                        && selection.samples(bytes, dcid, idLength)
                || selection.asksShort(bytes, dcid, header.dcidLength(), connectionId);
    }

    /// Whether what cannot be sent may be recorded although nobody asked for its connection. Only
    /// while on.
    public boolean takesDrops() {
        return selection.takesDrops();
    }

    /// Whether a datagram is to be recorded when it is sent.
    public boolean wants(Datagram datagram) {
        return isOn && datagram.isTraced();
    }

    /// Records what was sent and is wanted.
    ///
    /// @param side where it was received from
    /// @param offset in the payload, where only a part of a train was sent
    /// @param segment of each datagram but the last, 0 if this is only one
    /// @param nowNs as of System.nanoTime()
    public void sent(
            Side side, Datagram datagram, int offset, int length, int segment, long nowNs) {
        write(side, datagram, offset, length, segment, null, nowNs - datagram.receivedNs());
    }

    /// Records what could not be sent, if it or its reason is wanted.
    public void unsent(
            Side side,
            Datagram datagram,
            int offset,
            int length,
            int segment,
            DropReason reason,
            long nowNs) {
        if (isOn && (takes(reason) || datagram.isTraced())) {
            long tookNs = nowNs - datagram.receivedNs();
            write(side, datagram, offset, length, segment, reason, tookNs);
        }
    }

    /// Records a datagram that is dropped before its addresses are turned round, if its reason or a
    /// connection ID is wanted.
    ///
    /// @param backend id of the one that it was meant for or comes from, or a negative number
    public void dropped(
            Side side, Datagram datagram, int backend, int idLength, DropReason reason) {
        dropped(
                side,
                datagram,
                0,
                datagram.lengthBytes(),
                datagram.segmentBytes(),
                backend,
                idLength,
                reason);
    }

    /// The same for a part of a train, from an offset of the payload on.
    public void dropped(
            Side side,
            Datagram datagram,
            int offset,
            int length,
            int segment,
            int backend,
            int idLength,
            DropReason reason) {
        if (!isOn) {
            return;
        }
        int first = segment == 0 ? length : Math.min(segment, length);
        if (takes(reason) || wants(side, datagram.bytes(), offset, first, idLength)) {
            Trail trail = datagram.trail();
            trail.set(datagram.peer(), datagram.local(), side == Side.CLIENT, backend);
            trail.setRouted(null, idLength);
            write(side, datagram, offset, length, segment, reason, TraceRecord.UNKNOWN_NS);
        }
    }

    private boolean takes(DropReason reason) {
        return selection.takes(reason)
                && dropsSeen[reason.ordinal()]++ % selection.oneDropIn() == 0;
    }

    private void write(
            Side side,
            Datagram datagram,
            int offset,
            int length,
            int segment,
            @Nullable DropReason reason,
            long tookNs) {
        int place = ring.reserve(TraceRecord.bytes(length, segment, selection.snapBytes()));
        if (place >= 0) {
            record.lieAt(ring.memory(), place);
            record.write(selection, side, datagram, offset, length, segment, reason, tookNs);
            ring.commit();
        }
    }
}
