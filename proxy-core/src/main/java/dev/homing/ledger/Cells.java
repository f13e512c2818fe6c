package dev.homing.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Counts of one thread, by number.
///
/// ```
/// | 128 octets of padding | cell 0 | cell 1 | ... | 128 octets of padding |
/// ```
///
/// Single writer: the thread that owns them. Readers may be anywhere; each cell is written with
/// release and read with acquire, so a reader that sees one count also sees all that were counted
/// before it. The padding keeps the neighbours' cache lines (two, since they are fetched in pairs)
/// out of it.
public final class Cells {

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int PADDING = 16;

    private final long[] cells;

    public Cells(int count) {
        cells = new long[PADDING + count + PADDING];
    }

    /// The owner only.
    public void add(int cell, long amount) {
        // The only writer may read plainly.
        CELL.setRelease(cells, PADDING + cell, cells[PADDING + cell] + amount);
    }

    /// Any thread.
    public long read(int cell) {
        return (long) CELL.getAcquire(cells, PADDING + cell);
    }
}
