package dev.homing.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The counts of one thread.
///
/// ```
/// | 128 octets | received | bytes | sent | bytes | dropped      | routed | events | sessions | connection | backend  | 128 octets |
/// | of padding |  2 sides |   2   |  2   |   2   | side, reason |        |        | by state | IDs        | sessions | of padding |
/// ```
///
/// Single writer: the thread that owns it. Readers may be anywhere; each cell is written with
/// release and read with acquire, so a reader that sees a datagram as sent also sees that it was
/// received. The padding keeps the neighbours' cache lines (two, since they are fetched in pairs)
/// out of it.
public final class Ledger {

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int SIDES = Side.values().length;
    private static final int REASONS = DropReason.values().length;
    private static final int METHODS = RouteMethod.values().length;
    private static final int EVENTS = Event.values().length;
    private static final int STATES = SessionState.values().length;

    private static final int PADDING = 16;
    private static final int RECEIVED = PADDING;
    private static final int RECEIVED_BYTES = RECEIVED + SIDES;
    private static final int SENT = RECEIVED_BYTES + SIDES;
    private static final int SENT_BYTES = SENT + SIDES;
    private static final int DROPPED = SENT_BYTES + SIDES;
    private static final int ROUTED = DROPPED + SIDES * REASONS;
    private static final int HAPPENED = ROUTED + METHODS;
    private static final int SESSIONS = HAPPENED + EVENTS;
    private static final int CONNECTION_IDS = SESSIONS + STATES;
    private static final int BACKEND_SESSIONS = CONNECTION_IDS + 1;

    private final long[] cells;
    private final int backendCapacity;

    /// @param backendCapacity backend ids that may ever be counted are 0 to this, exclusive
    public Ledger(int backendCapacity) {
        this.backendCapacity = backendCapacity;
        cells = new long[BACKEND_SESSIONS + backendCapacity + PADDING];
    }

    // Writing: the owner only.

    public void received(Side side, int datagrams, long bytes) {
        add(RECEIVED + side.ordinal(), datagrams);
        add(RECEIVED_BYTES + side.ordinal(), bytes);
    }

    /// @param side where to, so the other one than the side it was received from
    public void sent(Side side, int datagrams, long bytes) {
        add(SENT + side.ordinal(), datagrams);
        add(SENT_BYTES + side.ordinal(), bytes);
    }

    /// @param side where from
    public void dropped(Side side, DropReason reason, int datagrams) {
        add(DROPPED + side.ordinal() * REASONS + reason.ordinal(), datagrams);
    }

    public void routed(RouteMethod method, int datagrams) {
        add(ROUTED + method.ordinal(), datagrams);
    }

    public void count(Event event) {
        add(HAPPENED + event.ordinal(), 1);
    }

    /// @param change +1 or −1
    public void sessions(SessionState state, int change) {
        add(SESSIONS + state.ordinal(), change);
    }

    /// @param change +1 or −1; a ledger's own sum may be negative, since one thread learns and
    ///   another expires
    public void connectionIds(int change) {
        add(CONNECTION_IDS, change);
    }

    /// @param change +1 or −1
    public void backendSessions(int backend, int change) {
        add(BACKEND_SESSIONS + backend, change);
    }

    private void add(int cell, long amount) {
        // The only writer may read plainly; release orders it after the counts that the same
        // datagram caused before.
        CELL.setRelease(cells, cell, cells[cell] + amount);
    }

    // Reading: any thread.

    public long received(Side side) {
        return read(RECEIVED + side.ordinal());
    }

    public long receivedBytes(Side side) {
        return read(RECEIVED_BYTES + side.ordinal());
    }

    public long sent(Side side) {
        return read(SENT + side.ordinal());
    }

    public long sentBytes(Side side) {
        return read(SENT_BYTES + side.ordinal());
    }

    public long dropped(Side side, DropReason reason) {
        return read(DROPPED + side.ordinal() * REASONS + reason.ordinal());
    }

    public long routed(RouteMethod method) {
        return read(ROUTED + method.ordinal());
    }

    public long happened(Event event) {
        return read(HAPPENED + event.ordinal());
    }

    public long sessions(SessionState state) {
        return read(SESSIONS + state.ordinal());
    }

    public long connectionIds() {
        return read(CONNECTION_IDS);
    }

    public long backendSessions(int backend) {
        return backend < backendCapacity ? read(BACKEND_SESSIONS + backend) : 0;
    }

    private long read(int cell) {
        return (long) CELL.getAcquire(cells, cell);
    }
}
