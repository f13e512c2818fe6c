package dev.homing.ledger;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/// All ledgers read together. Any thread; sums are taken anew at each call, so nothing is pushed
/// from the hot path.
///
/// @param ledgers one for each thread that moves datagrams
/// @param queued how many datagrams lie in hand-off queues
public record Books(List<Ledger> ledgers, LongSupplier queued) {

    public Books {
        ledgers = List.copyOf(ledgers);
    }

    public long received(Side side) {
        return sum(ledger -> ledger.received(side));
    }

    public long receivedBytes(Side side) {
        return sum(ledger -> ledger.receivedBytes(side));
    }

    public long sent(Side side) {
        return sum(ledger -> ledger.sent(side));
    }

    public long sentBytes(Side side) {
        return sum(ledger -> ledger.sentBytes(side));
    }

    public long dropped(Side side, DropReason reason) {
        return sum(ledger -> ledger.dropped(side, reason));
    }

    public long dropped(Side side) {
        return sum(ledger -> ledger.dropped(side));
    }

    public long routed(RouteMethod method) {
        return sum(ledger -> ledger.routed(method));
    }

    public long happened(Event event) {
        return sum(ledger -> ledger.happened(event));
    }

    public long migrated(Migration kind) {
        return sum(ledger -> ledger.migrated(kind));
    }

    public long sessions(SessionState state) {
        return sum(ledger -> ledger.sessions(state));
    }

    public long connectionIds() {
        return sum(Ledger::connectionIds);
    }

    public long backendSessions(int backend) {
        return sum(ledger -> ledger.backendSessions(backend));
    }

    /// Sessions that began with a client's own choice, and that the backend answered.
    public long backendAnsweredSessions(int backend) {
        return sum(ledger -> ledger.backendAnsweredSessions(backend));
    }

    /// The same that expired without any answer.
    public long backendUnansweredSessions(int backend) {
        return sum(ledger -> ledger.backendUnansweredSessions(backend));
    }

    /// How often the network reported the backend's address as unreachable.
    public long backendIcmpErrors(int backend) {
        return sum(ledger -> ledger.backendIcmpErrors(backend));
    }

    /// How many values of a histogram there are in a bucket, 0 to [Histogram#bounds].
    public long count(Histogram histogram, Side side, int bucket) {
        return sum(ledger -> ledger.histograms().count(histogram, side, bucket));
    }

    /// The sum of a histogram's values.
    public long sum(Histogram histogram, Side side) {
        return sum(ledger -> ledger.histograms().sum(histogram, side));
    }

    /// What came in on this side and is neither sent on, nor dropped, nor queued. Zero at every
    /// moment of rest.
    public long missing(Side side) {
        long queuedNow = side == Side.CLIENT ? queued.getAsLong() : 0;
        return received(side) - sent(side.other()) - dropped(side) - queuedNow;
    }

    private long sum(ToLongFunction<Ledger> count) {
        long total = 0;
        for (Ledger ledger : ledgers) {
            total += count.applyAsLong(ledger);
        }
        return total;
    }
}
