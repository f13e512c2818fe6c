package dev.homing.bench.soak.traffic;

import java.util.concurrent.atomic.LongAdder;

/// Counts what visitors and floods did. Any thread.
public final class Tally {

    final LongAdder connections = new LongAdder();
    final LongAdder transfers = new LongAdder();
    final LongAdder octets = new LongAdder();
    final LongAdder moves = new LongAdder();
    final LongAdder failedAttempts = new LongAdder();
    final LongAdder lostConnections = new LongAdder();
    final LongAdder cutTransfers = new LongAdder();
    final LongAdder open = new LongAdder();
    final LongAdder initials = new LongAdder();
    final LongAdder noise = new LongAdder();

    /// What was counted at one moment.
    ///
    /// @param connections that were made
    /// @param open of them now
    /// @param transfers that were complete and right
    /// @param octets of these
    /// @param moves changes of a client's address
    /// @param failedAttempts to connect, with an excuse
    /// @param lostConnections with an excuse
    /// @param cutTransfers that an outage of Homing cut, and that stalled
    /// @param initials datagrams of floods
    /// @param noise datagrams of floods that are no QUIC
    public record Counts(
            long connections,
            long open,
            long transfers,
            long octets,
            long moves,
            long failedAttempts,
            long lostConnections,
            long cutTransfers,
            long initials,
            long noise) {}

    public Counts counts() {
        return new Counts(
                connections.sum(),
                open.sum(),
                transfers.sum(),
                octets.sum(),
                moves.sum(),
                failedAttempts.sum(),
                lostConnections.sum(),
                cutTransfers.sum(),
                initials.sum(),
                noise.sum());
    }
}
