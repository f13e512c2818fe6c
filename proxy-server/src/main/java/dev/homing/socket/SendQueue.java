package dev.homing.socket;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.datagram.Outbox;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Histogram;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.linux.Errno;
import dev.homing.linux.SendVector;
import dev.homing.linux.Syscalls;
import dev.homing.linux.UdpSocket;
import dev.homing.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// What a shard has to send, by socket, until it is flushed: at the end of a turn, or when much has
/// come together.
///
/// ```
/// outlets with something waiting   ──► outlet ──► outlet          lists run through the outlets
///                                        │          │             and the datagrams themselves,
///                                     datagram   datagram         so queueing makes no object
///                                        │
///                                     datagram
/// ```
///
/// Every datagram that comes in here is counted once, as sent or as dropped, and released. The
/// shard's thread.
final class SendQueue implements Outbox {

    /// So many waiting are flushed at once, lest slots run out. As many as [Inlet] receives in one
    /// go.
    static final int CAPACITY = Inlet.CALLS * DatagramBatch.CAPACITY;

    /// How often one datagram is tried again because of errors that belong to others.
    private static final int RETRIES = 3;

    /// How many flushes one side may keep the other from being sampled.
    private static final int PATIENCE = 4;

    private final SendVector vector;
    private final NetworkErrors networkErrors;
    private final Ledger ledger;
    private final Tracer tracer;
    private final KernelErrors errors = new KernelErrors("sendmmsg");
    private final RefusedTrains refusedTrains = new RefusedTrains();
    private final Datagram[] encoded = new Datagram[SendVector.CAPACITY];

    private @Nullable Outlet firstWaiting;
    private int waiting;

    /// The side that a datagram is to be sent to whose time is taken.
    private Side sampled = Side.CLIENT;

    /// How many flushes had none for it.
    private int flushesMissed;

    private boolean isSampleDue;

    SendQueue(Syscalls syscalls, NetworkErrors networkErrors, Ledger ledger, Tracer tracer) {
        this.vector = new SendVector(syscalls);
        this.networkErrors = networkErrors;
        this.ledger = ledger;
        this.tracer = tracer;
    }

    Outlet outlet(UdpSocket socket, Side side) {
        return new Outlet(this, socket, side);
    }

    void put(Outlet outlet, Datagram datagram) {
        if (outlet.isEmpty()) {
            outlet.setNext(firstWaiting);
            firstWaiting = outlet;
        }
        outlet.append(datagram);
        if (++waiting == CAPACITY) {
            flush();
        }
    }

    @Override
    public void flush() {
        Outlet outlet = firstWaiting;
        if (outlet == null) {
            return;
        }
        firstWaiting = null;
        waiting = 0;
        chooseSample();
        while (outlet != null) {
            Outlet next = outlet.next();
            outlet.setNext(null);
            flush(outlet);
            outlet = next;
        }
    }

    /// The other side's turn, if the last one has had its sample, or was not sent to for a while.
    private void chooseSample() {
        flushesMissed = isSampleDue ? flushesMissed + 1 : 0;
        if (!isSampleDue || flushesMissed == PATIENCE) {
            sampled = sampled.other();
            flushesMissed = 0;
        }
        isSampleDue = true;
    }

    private void flush(Outlet outlet) {
        Datagram datagram = outlet.takeAll();
        while (datagram != null) {
            datagram =
                    refusedTrains.contains(datagram)
                            ? sendOneByOne(outlet, datagram)
                            : sendTogether(outlet, datagram);
        }
    }

    /// Sends as many of a list as one call takes, trains whole.
    ///
    /// @return the first of those that are still to be sent
    private @Nullable Datagram sendTogether(Outlet outlet, Datagram first) {
        Datagram datagram = first;
        vector.clear();
        while (datagram != null && !vector.isFull() && !refusedTrains.contains(datagram)) {
            encoded[vector.size()] = datagram;
            vector.add(datagram, outlet.socket());
            Datagram next = datagram.next();
            datagram.setNext(null);
            datagram = next;
        }
        int done = sendEncoded(outlet, null, 0);
        for (int i = vector.size() - 1; i >= done; i--) {
            encoded[i].setNext(datagram);
            datagram = encoded[i];
        }
        return datagram;
    }

    /// Sends the datagrams of a train that the kernel would not cut.
    ///
    /// @return what is behind the train
    private @Nullable Datagram sendOneByOne(Outlet outlet, Datagram train) {
        int end = train.lengthBytes();
        int offset = 0;
        while (offset < end) {
            vector.clear();
            int first = offset;
            while (offset < end && !vector.isFull()) {
                int length = Math.min(train.segmentBytes(), end - offset);
                vector.addSegment(train, offset, length, outlet.socket());
                offset += length;
            }
            sendEncoded(outlet, train, first);
        }
        Datagram next = train.next();
        train.release();
        return next;
    }

    /// Sends what is in the vector.
    ///
    /// @param cut the train whose datagrams are in the vector one by one; null when there are whole
    ///   datagrams and trains
    /// @param first where the first of these datagrams is in the train
    /// @return how many entries were dealt with: all, or those before a train that was refused
    private int sendEncoded(Outlet outlet, @Nullable Datagram cut, int first) {
        int done = 0;
        int retries = RETRIES;
        while (done < vector.size()) {
            int sent = vector.send(outlet.socket(), done);
            if (sent > 0) {
                sent(outlet, cut, first, done, done + sent);
                done += sent;
                retries = RETRIES;
            } else if (retries > 0 && isOfAnother(outlet, -sent)) {
                retries--;
            } else if (cut == null && RefusedTrains.isRefusal(-sent, encoded[done])) {
                ledger.count(Event.TRAIN_REFUSED);
                refusedTrains.note(encoded[done]);
                return done;
            } else {
                drop(outlet, cut, first, done++, -sent);
                retries = RETRIES;
            }
        }
        return done;
    }

    /// A backend port's pending ICMP error fails the next call, whatever that is about (IP_RECVERR
    /// in ip(7)).
    private boolean isOfAnother(Outlet outlet, int errno) {
        if (outlet.side() == Side.CLIENT) {
            return false; // listening sockets hear of no ICMP errors
        }
        // Drained in any case: a datagram that is too big for this machine leaves a report of its
        // own.
        return networkErrors.drain(outlet.socket()) > 0 || errno == Errno.ECONNREFUSED;
    }

    private void sent(Outlet outlet, @Nullable Datagram cut, int first, int from, int to) {
        if (isSampleDue && outlet.side() == sampled) {
            sampleTime(cut == null ? encoded[from] : cut);
        }
        Side receivedFrom = outlet.side().other();
        int count = 0;
        long bytes = 0;
        for (int i = from; i < to; i++) {
            int length = vector.lengthBytes(i);
            bytes += length;
            if (cut == null) {
                Datagram datagram = encoded[i];
                trace(receivedFrom, datagram, 0, length, datagram.segmentBytes());
                count += datagram.count();
                datagram.release();
            } else {
                trace(receivedFrom, cut, first + i * cut.segmentBytes(), length, 0);
                count++;
            }
        }
        ledger.sent(outlet.side(), count, bytes);
        ledger.histograms().add(Histogram.SEND_BATCH, outlet.side(), count);
    }

    /// How long a datagram took that has just been sent: the first of the first call to its side.
    private void sampleTime(Datagram datagram) {
        isSampleDue = false;
        long tookNs = System.nanoTime() - datagram.receivedNs();
        ledger.histograms().add(Histogram.FORWARD, sampled.other(), tookNs);
    }

    private void trace(Side side, Datagram datagram, int offset, int length, int segment) {
        if (tracer.wants(datagram)) {
            tracer.sent(side, datagram, offset, length, segment, System.nanoTime());
        }
    }

    private void drop(Outlet outlet, @Nullable Datagram cut, int first, int index, int errno) {
        Datagram datagram = cut == null ? encoded[index] : cut;
        DropReason reason = reason(errno, datagram);
        Side receivedFrom = outlet.side().other();
        int length = vector.lengthBytes(index);
        int segment = datagram.segmentBytes();
        int offset = cut == null ? 0 : first + index * segment;
        int ofEach = cut == null ? segment : 0;
        if (tracer.isOn()) {
            long nowNs = System.nanoTime();
            tracer.unsent(receivedFrom, datagram, offset, length, ofEach, reason, nowNs);
        }
        ledger.dropped(receivedFrom, reason, cut == null ? datagram.count() : 1);
        if (reason == DropReason.SEND_FAILED || reason == DropReason.REFUSED_SOURCE) {
            errors.note(errno);
        }
        if (cut == null) {
            datagram.release();
        }
    }

    /// Since Linux 5.4, IPv4 says ENETUNREACH for a source address of somebody else as well, so
    /// that not every refused one can be told from a receiver without a route.
    static DropReason reason(int errno, Datagram datagram) {
        return switch (errno) {
            case Errno.EAGAIN, Errno.ENOBUFS -> DropReason.SEND_BUFFER_FULL;
            case Errno.EMSGSIZE -> DropReason.TOO_BIG;
            case Errno.ENETUNREACH,
                    Errno.EHOSTUNREACH,
                    Errno.ENETDOWN,
                    Errno.EHOSTDOWN,
                    Errno.ECONNREFUSED,
                    Errno.EACCES,
                    Errno.EPERM ->
                    DropReason.UNREACHABLE;
            case Errno.EINVAL, Errno.EADDRNOTAVAIL ->
                    datagram.local().isSpecified()
                            ? DropReason.REFUSED_SOURCE
                            : DropReason.SEND_FAILED;
            default -> DropReason.SEND_FAILED;
        };
    }

    /// Off the hot path, now and then: trains are tried again where they were refused.
    void tryTrainsAgain() {
        refusedTrains.forget();
    }

    /// Off the hot path.
    void reportErrors() {
        errors.report();
    }
}
