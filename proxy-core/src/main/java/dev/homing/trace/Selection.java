package dev.homing.trace;

import dev.homing.hash.Fnv1a;
import dev.homing.ledger.DropReason;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.quic.QuicHeader;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/// What a trace records: datagrams of connections whose connection ID falls into one of N parts,
/// those of one connection ID, and dropped ones by their reason.
///
/// Immutable; any thread.
public final class Selection {

    /// Nothing: no trace is on.
    public static final Selection NONE = new Selection(0, 0, 0, new byte[0], Set.of(), 1, 0);

    /// Numbers of traces are 1 to this; sessions have 16 bits for them.
    public static final int MAX_NUMBER = 0xffff;

    private final int number;
    private final long oneIn;
    private final long part;
    private final int askedLength;
    private final ConnectionIdWords asked = new ConnectionIdWords();
    private final long dropReasons;
    private final long oneDropIn;
    private final int snapBytes;

    /// @param number of the trace, by which sessions remember it: 1 to [#MAX_NUMBER], another than
    ///   the last one's
    /// @param oneIn connection IDs are taken whose hash modulo this is `part`; 0 for none, 1 for
    ///   every datagram whether it has a connection ID or not
    /// @param part 0 to `oneIn`, exclusive
    /// @param connectionId taken besides, whoever chose it: 1 to 20 octets; none for none
    /// @param drops taken besides, whatever their connection
    /// @param oneDropIn of those, each so many-th of a reason in each thread
    /// @param snapBytes how much of each datagram is kept
    public Selection(
            int number,
            long oneIn,
            long part,
            byte[] connectionId,
            Set<DropReason> drops,
            long oneDropIn,
            int snapBytes) {
        this.number = number;
        this.oneIn = oneIn;
        this.part = part;
        this.oneDropIn = oneDropIn;
        this.snapBytes = snapBytes;
        askedLength = connectionId.length;
        if (askedLength > QuicHeader.MAX_CONNECTION_ID_BYTES) {
            throw new IllegalArgumentException("a connection ID of " + askedLength + " octets");
        }
        if (askedLength > 0) {
            asked.read(MemorySegment.ofArray(connectionId.clone()), 0, askedLength, 0);
        }
        long reasons = 0;
        for (DropReason reason : drops) {
            reasons |= 1L << reason.ordinal();
        }
        dropReasons = reasons;
    }

    public int number() {
        return number;
    }

    public int snapBytes() {
        return snapBytes;
    }

    long oneDropIn() {
        return oneDropIn;
    }

    boolean isAnything() {
        return number != 0;
    }

    boolean isEverything() {
        return oneIn == 1;
    }

    boolean takesDrops() {
        return dropReasons != 0;
    }

    boolean takes(DropReason reason) {
        return (dropReasons & 1L << reason.ordinal()) != 0;
    }

    /// Whether a connection ID of one octet or more is of the sample.
    boolean samples(MemorySegment bytes, int offset, int length) {
        return oneIn > 0
                && length > 0
                && Long.remainderUnsigned(Fnv1a.hash(bytes, offset, length), oneIn) == part;
    }

    /// Whether there is the connection ID that was asked for.
    ///
    /// @param read a flyweight of the calling thread
    boolean asks(MemorySegment bytes, int offset, int length, ConnectionIdWords read) {
        return length == askedLength && asksFor(bytes, offset, length, read);
    }

    /// Whether a short header, which does not say how long its connection ID is, has the one that
    /// was asked for.
    ///
    /// @param available octets behind the first one
    /// @param read a flyweight of the calling thread
    boolean asksShort(MemorySegment bytes, int offset, int available, ConnectionIdWords read) {
        return available >= askedLength && asksFor(bytes, offset, available, read);
    }

    private boolean asksFor(
            MemorySegment bytes, int offset, int available, ConnectionIdWords read) {
        if (askedLength == 0 || available < askedLength) {
            return false;
        }
        read.read(bytes, offset, askedLength, 0);
        return read.first() == asked.first()
                && read.second() == asked.second()
                && read.third() == asked.third();
    }
}
