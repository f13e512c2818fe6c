package dev.homing;

import dev.homing.ledger.Books;
import dev.homing.ledger.SessionState;
import dev.homing.linux.TableMemory;

/// Has the tables' pages joined, once, when there are so many sessions that every small page of the
/// hashed tables is in use anyway. One thread.
final class TablePages implements Runnable {

    /// The largest table with the presets has 20 480 small pages; so many sessions with one
    /// connection ID each have touched 96 % of them, and all pages of the indexes.
    static final int SESSIONS = 65_536;

    private final TableMemory memory;
    private final Books books;
    private boolean areJoined;

    TablePages(TableMemory memory, Books books) {
        this.memory = memory;
        this.books = books;
    }

    @Override
    public void run() {
        if (!areJoined
                && books.sessions(SessionState.ESTABLISHED) + books.sessions(SessionState.HALF_OPEN)
                        >= SESSIONS) {
            areJoined = true;
            memory.joinPages();
        }
    }
}
