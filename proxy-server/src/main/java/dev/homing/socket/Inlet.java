package dev.homing.socket;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.datagram.DatagramPool;
import dev.homing.handoff.Handoff;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Histogram;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.linux.ReceiveVector;
import dev.homing.linux.Syscalls;
import dev.homing.linux.UdpSocket;
import dev.homing.relay.Intake;

/// What all sockets of one thread receive with: its slots, and the batch that a call fills.
///
/// One thread.
final class Inlet {

    /// Receive calls in one go. Four full ones take about a millisecond to work off; then the other
    /// sockets of the thread get their turn, and what is left makes the socket ready again at once.
    static final int CALLS = 4;

    /// Slots that the thread itself may hold: in the vector, in the batch, and while a train is
    /// cut.
    static final int SLOTS = 2 * DatagramBatch.CAPACITY + Intake.SLOTS;

    private final DatagramPool pool;
    private final Handoff[] lent;
    private final ReceiveVector vector;
    private final Ledger ledger;
    private final KernelErrors errors = new KernelErrors("recvmmsg");
    private final DatagramBatch batch = new DatagramBatch();

    /// @param lent the queues that slots of this thread go to other threads by, and come back
    Inlet(Syscalls syscalls, DatagramPool pool, Handoff[] lent, Ledger ledger) {
        this.pool = pool;
        this.lent = lent.clone();
        this.vector = new ReceiveVector(syscalls, pool);
        this.ledger = ledger;
    }

    /// What the last call brought; the caller gives the datagrams on and clears it.
    DatagramBatch batch() {
        return batch;
    }

    /// Receives what a socket has, up to a batch.
    ///
    /// @return as many as the kernel gave, of which the batch has those that arrived whole; or a
    ///   negated errno
    int receive(UdpSocket socket, Side side) {
        for (Handoff handoff : lent) {
            handoff.reclaim(pool);
        }
        int received = vector.receive(socket, batch);
        if (received > 0 && vector.truncated() > 0) {
            ledger.received(side, vector.truncated(), vector.truncatedBytes());
            ledger.dropped(side, DropReason.TRUNCATED_DATAGRAM, vector.truncated());
        }
        if (received > 0) {
            note(side, System.nanoTime());
        }
        return received;
    }

    /// When the batch came, and how many datagrams it and the trains in it have; singles are
    /// counted all at once.
    ///
    /// @param nowNs the one time that a receive call asks for
    private void note(Side side, long nowNs) {
        int datagrams = vector.truncated();
        int singles = 0;
        for (int i = 0; i < batch.size(); i++) {
            Datagram datagram = batch.get(i);
            datagram.setReceivedNs(nowNs);
            int count = datagram.count();
            datagrams += count;
            if (count == 1) {
                singles++;
            } else {
                ledger.histograms().add(Histogram.TRAIN, side, count);
            }
        }
        ledger.histograms().add(Histogram.TRAIN, side, 1, singles);
        ledger.histograms().add(Histogram.RECEIVE_BATCH, side, datagrams);
    }

    /// Counts a receive call that failed.
    void failed(int errno) {
        ledger.count(Event.RECEIVE_ERROR);
        errors.note(errno);
    }

    /// Off the hot path.
    void reportErrors() {
        errors.report();
    }
}
