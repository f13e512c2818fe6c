package dev.homing.datagram;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A slot of memory with one datagram in it, or with one train: several datagrams of equal length
/// from one sender that the kernel joined (UDP_GRO), the last of which may be shorter.
///
/// ```
/// bytes   | payload, length octets ........................ | unused |
///         | segment | segment | segment | shorter segment   |            segmentBytes > 0: a train
/// ```
///
/// On the way in, `peer` is the sender and `local` the address that it wrote to. The relay turns
/// both round in place: on the way out, `peer` is the receiver and `local` the address to send
/// from. The payload is never copied or changed.
///
/// Addresses are 128 bits in two words, IPv4 as IPv4-mapped IPv6 (RFC 4291 section 2.5.5.2). Plain
/// fields: a datagram has one owner at a time, and the queue between two owners publishes it.
public final class Datagram {

    /// A receive slot holds the longest train or datagram there can be, so nothing is cut off in
    /// silence.
    public static final int CAPACITY_BYTES = 65_536;

    private final MemorySegment bytes;
    private DatagramOwner owner;
    private @Nullable Datagram next;

    private int lengthBytes;
    private int segmentBytes;
    private int ecn;

    private final Address peer = new Address();
    private final Address local = new Address();

    private long receivedNs;
    private int listener;
    private long flowHash;
    private long route;
    private boolean isTraced;

    private final Trail trail = new Trail();

    Datagram(MemorySegment bytes, DatagramOwner owner) {
        this.bytes = bytes;
        this.owner = owner;
    }

    /// The slot, [#CAPACITY_BYTES] long; the first [#lengthBytes] octets are payload.
    public MemorySegment bytes() {
        return bytes;
    }

    public int lengthBytes() {
        return lengthBytes;
    }

    /// Length of each datagram of a train but the last; 0 when this is a single datagram.
    public int segmentBytes() {
        return segmentBytes;
    }

    /// Length of the first datagram of a train, or of the only one.
    public int firstLengthBytes() {
        return segmentBytes == 0 ? lengthBytes : Math.min(segmentBytes, lengthBytes);
    }

    /// How many datagrams this is: 1, or the segments of the train.
    public int count() {
        return segmentBytes == 0 ? 1 : (lengthBytes + segmentBytes - 1) / segmentBytes;
    }

    /// The two ECN bits of the IP header (RFC 3168 section 5), carried through in both directions.
    public int ecn() {
        return ecn;
    }

    public void setPayload(int lengthBytes, int segmentBytes, int ecn) {
        this.lengthBytes = lengthBytes;
        this.segmentBytes = segmentBytes;
        this.ecn = ecn;
    }

    /// When the receive call returned that brought it, as of System.nanoTime().
    public long receivedNs() {
        return receivedNs;
    }

    public void setReceivedNs(long nowNs) {
        receivedNs = nowNs;
    }

    public Address peer() {
        return peer;
    }

    /// The local address; all zero when the kernel is to choose. Its port is not used: a socket
    /// knows its own.
    public Address local() {
        return local;
    }

    /// Index of the listening address that the datagram came in by, or is to go out by.
    public int listener() {
        return listener;
    }

    public void setListener(int listener) {
        this.listener = listener;
    }

    /// The keyed hash of the flow, computed once by the receiver.
    public long flowHash() {
        return flowHash;
    }

    /// The router's verdict; its layout is the route room's business.
    public long route() {
        return route;
    }

    public void setRoute(long flowHash, long route) {
        this.flowHash = flowHash;
        this.route = route;
    }

    /// Whether a trace records it where it ends; up to date only while one is on.
    public boolean isTraced() {
        return isTraced;
    }

    public void setTraced(boolean isTraced) {
        this.isTraced = isTraced;
    }

    /// What a trace has to know of it; up to date only if it may be recorded.
    public Trail trail() {
        return trail;
    }

    /// The next datagram of the list that this one is in; lists are intrusive so that queueing
    /// allocates nothing.
    public @Nullable Datagram next() {
        return next;
    }

    public void setNext(@Nullable Datagram next) {
        this.next = next;
    }

    public DatagramOwner owner() {
        return owner;
    }

    public void setOwner(DatagramOwner owner) {
        this.owner = owner;
    }

    /// Gives the slot back to whom it came from.
    public void release() {
        owner.release(this);
    }
}
