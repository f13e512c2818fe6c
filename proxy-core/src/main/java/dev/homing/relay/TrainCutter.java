package dev.homing.relay;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.quic.QuicHeader;
import dev.homing.route.Pool;
import dev.homing.route.Route;
import dev.homing.route.Router;
import dev.homing.trace.Tracer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// Routes each datagram of a client's train, and cuts the train where the route changes: the kernel
/// joins what comes from one address, and that may be several connections.
///
/// ```
/// train    | A | A | A | B | B | A |          the first run stays in the slot it came in;
/// runs     | A | A | A |                      the others are copied to slots of their own,
///                      | B | B |              in the order of their arrival
///                              | A |
/// ```
///
/// Most trains are of one connection, and are not cut. Then all that is done for a datagram after
/// the first is to compare its header with the one before. The receiver's thread.
final class TrainCutter {

    /// More runs than a train has datagrams there cannot be, and the kernel joins no more than this
    /// (linux/udp.h: UDP_MAX_SEGMENTS, and UDP_GRO_CNT_MAX in net/ipv4/udp_offload.c, which is 64).
    static final int MAX_RUNS = 128;

    private static final ValueLayout.OfByte OCTET = ValueLayout.JAVA_BYTE;

    /// Header form, and the type of a long header's packet (RFC 9000 section 17.2).
    private static final int FORM_AND_TYPE = 0xb0;

    private static final int FORM = 0x80;

    private final Router router;
    private final DatagramPool slots;
    private final Ledger ledger;
    private final Tracer tracer;
    private final QuicHeader header = new QuicHeader();

    // The run that is being read; -1 for none.
    private int runStart;
    private long runRoute;
    private boolean isRunLong;

    // The latest header that was routed: what those behind it are compared with.
    private int comparedStart;
    private int comparedBytes;

    private int firstRunBytes;
    private @Nullable Datagram firstCopy;
    private @Nullable Datagram lastCopy;

    /// @param slots of the receiver's thread, which train and copies belong to
    TrainCutter(Router router, DatagramPool slots, Ledger ledger, Tracer tracer) {
        this.router = router;
        this.slots = slots;
        this.ledger = ledger;
        this.tracer = tracer;
    }

    /// Takes a train over.
    ///
    /// @return the runs that have a route, each with it, linked by [Datagram#next] in the order of
    ///   their arrival; null when there are none
    @Nullable Datagram cut(Datagram train, long flowHash, Pool pool, int nowSeconds) {
        runStart = -1;
        firstRunBytes = 0;
        firstCopy = null;
        lastCopy = null;
        int end = train.lengthBytes();
        int segment = train.segmentBytes();
        for (int at = 0; at < end; at += segment) {
            int length = Math.min(segment, end - at);
            if (runStart < 0 || !hasSameHeader(train.bytes(), at, length)) {
                route(train, at, length, flowHash, pool, nowSeconds);
            }
        }
        endRun(train, end, flowHash);
        return linked(train);
    }

    private void route(
            Datagram train, int at, int length, long flowHash, Pool pool, int nowSeconds) {
        switch (header.read(train.bytes(), at, length)) {
            case LONG, SHORT -> {
                long route = verdict(train, pool, nowSeconds);
                // Long headers name the client's end too, which sessions are known by: each run has
                // one.
                boolean goesOn =
                        runStart >= 0 && route == runRoute && !isRunLong && !header.isLong();
                if (!goesOn) {
                    endRun(train, at, flowHash);
                    runStart = at;
                    runRoute = route;
                    isRunLong = header.isLong();
                }
                comparedStart = at;
                comparedBytes =
                        header.isLong()
                                ? header.scidOffset() + header.scidLength() - at
                                : shortHeaderBytes(route);
            }
            case TRUNCATED, EMPTY -> {
                endRun(train, at, flowHash);
                drop(train, at, length, Route.NO_BACKEND, 0, DropReason.TRUNCATED_HEADER);
            }
        }
    }

    /// Of the header that was read. The proposal of consistent hashing for a short header is its
    /// run's.
    private long verdict(Datagram train, Pool pool, int nowSeconds) {
        long known = router.known(train, header, pool, nowSeconds);
        if (Route.isKnown(known)) {
            return known;
        }
        boolean isProposedAlready =
                runStart >= 0 && !isRunLong && !header.isLong() && !Route.isKnown(runRoute);
        return isProposedAlready ? runRoute : router.proposed(train, header, pool);
    }

    /// Octets of a short header to the end of its connection ID; 0 when the route does not rest on
    /// it, so that another one has to be looked for.
    private static int shortHeaderBytes(long route) {
        int length = Route.idLength(route);
        return length > 0 ? 1 + length : 0;
    }

    /// Whether the datagram at an offset begins like the latest that was routed: the same
    /// connection IDs, and of long headers the same version and type.
    private boolean hasSameHeader(MemorySegment bytes, int at, int length) {
        int compared = comparedBytes;
        if (compared == 0 || length < compared) {
            return false;
        }
        int mask = isRunLong ? FORM_AND_TYPE : FORM;
        if (((bytes.get(OCTET, at) ^ bytes.get(OCTET, comparedStart)) & mask) != 0) {
            return false;
        }
        for (int i = 1; i < compared; i++) {
            if (bytes.get(OCTET, at + i) != bytes.get(OCTET, comparedStart + i)) {
                return false;
            }
        }
        return true;
    }

    private void endRun(Datagram train, int end, long flowHash) {
        if (runStart == 0) {
            firstRunBytes = end;
            train.setRoute(flowHash, runRoute);
        } else if (runStart > 0) {
            copyRun(train, end, flowHash);
        }
        runStart = -1;
    }

    private void copyRun(Datagram train, int end, long flowHash) {
        int length = end - runStart;
        int segment = train.segmentBytes();
        if (slots.available() == 0) {
            drop(
                    train,
                    runStart,
                    length,
                    Route.backend(runRoute),
                    Route.idLength(runRoute),
                    DropReason.NO_SLOT);
            return;
        }
        Datagram copy = slots.take();
        MemorySegment.copy(train.bytes(), runStart, copy.bytes(), 0, length);
        copy.setPayload(length, length > segment ? segment : 0, train.ecn());
        copy.setReceivedNs(train.receivedNs());
        copy.peer().set(train.peer());
        copy.local().set(train.local());
        copy.setListener(train.listener());
        copy.setRoute(flowHash, runRoute);
        copy.setNext(null);
        if (lastCopy == null) {
            firstCopy = copy;
        } else {
            lastCopy.setNext(copy);
        }
        lastCopy = copy;
    }

    /// Drops the datagrams of a part of a train, from an offset on; its slot goes on.
    private void drop(
            Datagram train, int at, int length, int backend, int idLength, DropReason reason) {
        int segment = train.segmentBytes();
        int ofEach = length > segment ? segment : 0;
        tracer.dropped(Side.CLIENT, train, at, length, ofEach, backend, idLength, reason);
        ledger.dropped(Side.CLIENT, reason, (length + segment - 1) / segment);
    }

    private @Nullable Datagram linked(Datagram train) {
        if (firstRunBytes == 0) {
            train.release();
            return firstCopy;
        }
        if (firstCopy != null) {
            ledger.count(Event.TRAIN_CUT);
        }
        int segment = train.segmentBytes();
        train.setPayload(firstRunBytes, firstRunBytes > segment ? segment : 0, train.ecn());
        train.setNext(firstCopy);
        return train;
    }
}
