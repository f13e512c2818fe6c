package dev.homing.shard;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.Outbox;
import dev.homing.handoff.Handoff;
import dev.homing.ledger.Histogram;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.relay.ForwardPath;
import dev.homing.relay.ReturnPath;
import dev.homing.session.TurnClock;
import dev.homing.trace.Tracer;

/// The data plane of one thread. [#turn] is its table of contents; all that a datagram meets
/// between a receiver's queue and the network is called from here.
public final class Shard {

    /// How many datagrams of each receiver a turn takes, so that return traffic gets its turn too.
    public static final int HANDOFFS_PER_TURN = 256;

    private final TurnClock clock;
    private final Handoff[] handoffs;
    private final ForwardPath forwardPath;
    private final ReturnPath returnPath;
    private final Expiry expiry;
    private final Outbox outbox;
    private final Ledger ledger;
    private final Tracer tracer;
    private boolean hasHandoffs;
    private boolean hasIdle;

    /// @param handoffs from each receiver that is not this shard's own thread
    public Shard(
            TurnClock clock,
            Handoff[] handoffs,
            ForwardPath forwardPath,
            ReturnPath returnPath,
            Expiry expiry,
            Outbox outbox,
            Ledger ledger,
            Tracer tracer) {
        this.clock = clock;
        this.handoffs = handoffs.clone();
        this.forwardPath = forwardPath;
        this.returnPath = returnPath;
        this.expiry = expiry;
        this.outbox = outbox;
        this.ledger = ledger;
        this.tracer = tracer;
    }

    /// One round of work: at each wake-up by a receiver, after each round of socket events, and ten
    /// times a second.
    ///
    /// @param nowNs as of System.nanoTime(), read once for the turn
    public void turn(long nowNs) {
        int nowSeconds = clock.advance(nowNs);
        takeHandoffs(nowNs);
        hasIdle = expiry.expire(nowNs, nowSeconds);
        outbox.flush();
        ledger.turned();
        tracer.follow();
    }

    /// Whether the last turn left work behind, so that another one is due.
    public boolean hasMore() {
        return hasHandoffs || hasIdle;
    }

    /// Whether the last turn left hand-offs behind.
    public boolean hasHandoffs() {
        return hasHandoffs;
    }

    private void takeHandoffs(long nowNs) {
        hasHandoffs = false;
        for (Handoff handoff : handoffs) {
            handoff.noteDepth(nowNs);
            int taken = 0;
            Datagram datagram;
            while (taken < HANDOFFS_PER_TURN && (datagram = handoff.poll()) != null) {
                if (taken == 0) {
                    sampleWait(datagram, nowNs);
                }
                forwardPath.accept(datagram);
                taken++;
            }
            hasHandoffs |= taken == HANDOFFS_PER_TURN;
        }
    }

    /// How long the first datagram that a turn takes out of a queue has waited for it, by the time
    /// that the turn began. What came after that has not waited.
    private void sampleWait(Datagram datagram, long nowNs) {
        long waitedNs = Math.max(0, nowNs - datagram.receivedNs());
        ledger.histograms().add(Histogram.HANDOFF_WAIT, Side.CLIENT, waitedNs);
    }

    /// Takes over a datagram that came to a backend port; sent with the next turn's flush.
    public void fromBackend(Datagram datagram, int backendPort) {
        returnPath.accept(datagram, backendPort);
    }
}
