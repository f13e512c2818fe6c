package dev.homing.observe.metrics;

import dev.homing.ledger.Books;
import dev.homing.ledger.SessionState;
import dev.homing.observe.metrics.reading.Allowance;

/// What is remembered of connections, and how much may be.
record SessionSubject(Books books, Allowance allowance) implements Subject {

    @Override
    public void write(Sheet sheet) {
        Series sessions = sheet.gauge("homing_sessions", "Sessions by state.", "state");
        for (SessionState state : SessionState.values()) {
            sessions.put(books.sessions(state), state.label());
        }
        sheet.gauge("homing_sessions_max", "Sessions that there may be.").put(allowance.sessions());
        sheet.gauge(
                        "homing_sessions_half_open_max",
                        "Sessions that may be half-open; further ones evict the oldest of them.")
                .put(allowance.halfOpenSessions());
        sheet.gauge("homing_connection_ids", "Connection IDs that are known.")
                .put(books.connectionIds());
        sheet.gauge("homing_connection_ids_max", "Connection IDs that there is room for.")
                .put(allowance.connectionIds());
    }
}
