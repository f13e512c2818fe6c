package dev.homing.socket;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.datagram.Outbox;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.linux.Errno;
import dev.homing.linux.SendVector;
import dev.homing.linux.Syscalls;
import dev.homing.linux.UdpSocket;
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

    private final SendVector vector;
    private final NetworkErrors networkErrors;
    private final Ledger ledger;
    private final KernelErrors errors = new KernelErrors("sendmmsg");
    private final Datagram[] encoded = new Datagram[SendVector.CAPACITY];

    private @Nullable Outlet firstWaiting;
    private int waiting;

    SendQueue(Syscalls syscalls, NetworkErrors networkErrors, Ledger ledger) {
        this.vector = new SendVector(syscalls);
        this.networkErrors = networkErrors;
        this.ledger = ledger;
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
        firstWaiting = null;
        waiting = 0;
        while (outlet != null) {
            Outlet next = outlet.next();
            outlet.setNext(null);
            flush(outlet);
            outlet = next;
        }
    }

    private void flush(Outlet outlet) {
        Datagram datagram = outlet.takeAll();
        while (datagram != null) {
            vector.clear();
            while (datagram != null && !vector.isFull()) {
                encoded[vector.size()] = datagram;
                vector.add(datagram, outlet.socket());
                Datagram next = datagram.next();
                datagram.setNext(null);
                datagram = next;
            }
            sendEncoded(outlet);
        }
    }

    private void sendEncoded(Outlet outlet) {
        int done = 0;
        int retries = RETRIES;
        while (done < vector.size()) {
            int sent = vector.send(outlet.socket(), done);
            if (sent > 0) {
                sent(outlet, done, done + sent);
                done += sent;
                retries = RETRIES;
            } else if (retries > 0 && isOfAnother(outlet, -sent)) {
                retries--;
            } else {
                drop(outlet, encoded[done++], -sent);
                retries = RETRIES;
            }
        }
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

    private void sent(Outlet outlet, int from, int to) {
        int count = 0;
        long bytes = 0;
        for (int i = from; i < to; i++) {
            Datagram datagram = encoded[i];
            count += datagram.count();
            bytes += datagram.lengthBytes();
            datagram.release();
        }
        ledger.sent(outlet.side(), count, bytes);
    }

    private void drop(Outlet outlet, Datagram datagram, int errno) {
        DropReason reason = reason(errno, datagram);
        ledger.dropped(outlet.side().other(), reason, datagram.count());
        if (reason == DropReason.SEND_FAILED || reason == DropReason.REFUSED_SOURCE) {
            errors.note(errno);
        }
        datagram.release();
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

    /// Off the hot path.
    void reportErrors() {
        errors.report();
    }
}
