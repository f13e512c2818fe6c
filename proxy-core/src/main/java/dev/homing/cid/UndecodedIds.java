package dev.homing.cid;

import dev.homing.ledger.Cells;

/// How many connection IDs of clients one thread has met that a scheme could not read, by listener,
/// configuration and reason.
///
/// Those of packets that may open a connection are not among them: they are the client's random
/// choice, and nobody's mistake.
///
/// Single writer: the thread that owns it; any thread reads.
public final class UndecodedIds {

    private static final int REASONS = Unroutable.values().length;

    private final Cells cells;

    public UndecodedIds(int listeners) {
        cells = new Cells(listeners * Undecodable.CONFIGURATIONS * REASONS);
    }

    /// The owner only.
    ///
    /// @param listener its index
    /// @param configuration as in [Undecodable]
    /// @param verdict a negative one of a [CidDecoder]
    public void count(int listener, int configuration, int verdict) {
        cells.add(cell(listener, configuration, -1 - verdict), 1);
    }

    /// Any thread.
    public long count(int listener, Undecodable undecodable) {
        return cells.read(
                cell(listener, undecodable.configuration(), undecodable.reason().ordinal()));
    }

    private static int cell(int listener, int configuration, int reason) {
        return (listener * Undecodable.CONFIGURATIONS + configuration) * REASONS + reason;
    }
}
