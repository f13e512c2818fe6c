package dev.homing.ledger;

/// The counts of one thread.
///
/// ```
/// | received | bytes | sent | bytes | dropped      | routed | events | sessions | connection | turns | migrations | by backend: sessions, |
/// |  2 sides |   2   |  2   |   2   | side, reason |        |        | by state | IDs        |       |  by kind   | answers, ICMP errors  |
/// ```
///
/// Single writer: the thread that owns it. Readers may be anywhere; they that see a datagram as
/// sent also see that it was received, see [Cells].
public final class Ledger {

    private static final int SIDES = Side.values().length;
    private static final int REASONS = DropReason.values().length;
    private static final int METHODS = RouteMethod.values().length;
    private static final int EVENTS = Event.values().length;
    private static final int STATES = SessionState.values().length;

    private static final int RECEIVED = 0;
    private static final int RECEIVED_BYTES = RECEIVED + SIDES;
    private static final int SENT = RECEIVED_BYTES + SIDES;
    private static final int SENT_BYTES = SENT + SIDES;
    private static final int DROPPED = SENT_BYTES + SIDES;
    private static final int ROUTED = DROPPED + SIDES * REASONS;
    private static final int HAPPENED = ROUTED + METHODS;
    private static final int SESSIONS = HAPPENED + EVENTS;
    private static final int CONNECTION_IDS = SESSIONS + STATES;
    private static final int TURNS = CONNECTION_IDS + 1;
    private static final int MIGRATED = TURNS + 1;
    private static final int BACKEND_SESSIONS = MIGRATED + Migration.values().length;

    private static final int OF_BACKEND = 4;
    private static final int ANSWERED = 1;
    private static final int UNANSWERED = 2;
    private static final int ICMP_ERRORS = 3;

    private final Cells cells;
    private final Histograms histograms = new Histograms();
    private final int backendCapacity;

    /// @param backendCapacity backend ids that may ever be counted are 0 to this, exclusive
    public Ledger(int backendCapacity) {
        this.backendCapacity = backendCapacity;
        cells = new Cells(BACKEND_SESSIONS + OF_BACKEND * backendCapacity);
    }

    /// What the thread counts by size: written by the owner, read by any.
    public Histograms histograms() {
        return histograms;
    }

    // Writing: the owner only.

    public void received(Side side, int datagrams, long bytes) {
        cells.add(RECEIVED + side.ordinal(), datagrams);
        cells.add(RECEIVED_BYTES + side.ordinal(), bytes);
    }

    /// @param side where to, so the other one than the side it was received from
    public void sent(Side side, int datagrams, long bytes) {
        cells.add(SENT + side.ordinal(), datagrams);
        cells.add(SENT_BYTES + side.ordinal(), bytes);
    }

    /// @param side where from
    public void dropped(Side side, DropReason reason, int datagrams) {
        cells.add(DROPPED + side.ordinal() * REASONS + reason.ordinal(), datagrams);
    }

    public void routed(RouteMethod method, int datagrams) {
        cells.add(ROUTED + method.ordinal(), datagrams);
    }

    public void count(Event event) {
        cells.add(HAPPENED + event.ordinal(), 1);
    }

    /// @param change +1 or −1
    public void sessions(SessionState state, int change) {
        cells.add(SESSIONS + state.ordinal(), change);
    }

    /// @param change +1 or −1; a ledger's own sum may be negative, since one thread learns and
    ///   another expires
    public void connectionIds(int change) {
        cells.add(CONNECTION_IDS, change);
    }

    /// @param change +1 or −1
    public void backendSessions(int backend, int change) {
        cells.add(BACKEND_SESSIONS + OF_BACKEND * backend, change);
    }

    /// A backend has answered a session that began with a client's own choice.
    public void backendAnswered(int backend) {
        cells.add(BACKEND_SESSIONS + OF_BACKEND * backend + ANSWERED, 1);
    }

    /// A session that began with a client's own choice has expired without any answer.
    public void backendUnanswered(int backend) {
        cells.add(BACKEND_SESSIONS + OF_BACKEND * backend + UNANSWERED, 1);
    }

    /// The network reported a backend's address as unreachable.
    public void backendIcmpError(int backend) {
        cells.add(BACKEND_SESSIONS + OF_BACKEND * backend + ICMP_ERRORS, 1);
    }

    /// A round of the thread's work is done: a turn of a shard, or the receive calls that a
    /// receiver makes in one go.
    public void turned() {
        cells.add(TURNS, 1);
    }

    /// A known connection ID came on a new flow.
    public void count(Migration kind) {
        cells.add(MIGRATED + kind.ordinal(), 1);
    }

    // Reading: any thread.

    public long received(Side side) {
        return cells.read(RECEIVED + side.ordinal());
    }

    public long receivedBytes(Side side) {
        return cells.read(RECEIVED_BYTES + side.ordinal());
    }

    public long sent(Side side) {
        return cells.read(SENT + side.ordinal());
    }

    public long sentBytes(Side side) {
        return cells.read(SENT_BYTES + side.ordinal());
    }

    /// For all reasons.
    public long dropped(Side side) {
        long total = 0;
        for (int reason = 0; reason < REASONS; reason++) {
            total += cells.read(DROPPED + side.ordinal() * REASONS + reason);
        }
        return total;
    }

    public long dropped(Side side, DropReason reason) {
        return cells.read(DROPPED + side.ordinal() * REASONS + reason.ordinal());
    }

    public long routed(RouteMethod method) {
        return cells.read(ROUTED + method.ordinal());
    }

    public long happened(Event event) {
        return cells.read(HAPPENED + event.ordinal());
    }

    public long sessions(SessionState state) {
        return cells.read(SESSIONS + state.ordinal());
    }

    public long connectionIds() {
        return cells.read(CONNECTION_IDS);
    }

    public long backendSessions(int backend) {
        return ofBackend(backend, 0);
    }

    public long backendAnsweredSessions(int backend) {
        return ofBackend(backend, ANSWERED);
    }

    public long backendUnansweredSessions(int backend) {
        return ofBackend(backend, UNANSWERED);
    }

    public long backendIcmpErrors(int backend) {
        return ofBackend(backend, ICMP_ERRORS);
    }

    private long ofBackend(int backend, int count) {
        return backend < backendCapacity
                ? cells.read(BACKEND_SESSIONS + OF_BACKEND * backend + count)
                : 0;
    }

    public long migrated(Migration kind) {
        return cells.read(MIGRATED + kind.ordinal());
    }

    public long turns() {
        return cells.read(TURNS);
    }
}
