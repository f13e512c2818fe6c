package dev.homing;

import dev.homing.ledger.Ledger;
import dev.homing.ledger.SessionState;
import dev.homing.linux.TableMemory;
import java.util.List;

/// Has the tables' pages joined, once, when there are so many sessions that every small page of the
/// hashed tables is in use anyway. One thread.
final class TablePages implements Runnable {

    /// The largest table with the presets has 20 480 small pages; so many sessions with one
    /// connection ID each have touched 96 % of them, and all pages of the indexes.
    static final int SESSIONS = 65_536;

    private final TableMemory memory;
    private final List<Ledger> ledgers;
    private boolean areJoined;

    TablePages(TableMemory memory, List<Ledger> ledgers) {
        this.memory = memory;
        this.ledgers = List.copyOf(ledgers);
    }

    /// Allocates nothing, for it is called at every tick.
    @Override
    public void run() {
        if (!areJoined && sessions() >= SESSIONS) {
            areJoined = true;
            memory.joinPages();
        }
    }

    private long sessions() {
        long sessions = 0;
        for (int i = 0; i < ledgers.size(); i++) {
            Ledger ledger = ledgers.get(i);
            sessions += ledger.sessions(SessionState.ESTABLISHED);
            sessions += ledger.sessions(SessionState.HALF_OPEN);
        }
        return sessions;
    }
}
