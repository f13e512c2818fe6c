package dev.homing.ledger;

import java.util.Locale;

/// How much a session has proved: a flood of half-open sessions can evict only its like.
public enum SessionState {
    /// Nothing says yet that the client's address is real.
    HALF_OPEN,
    /// The client used a connection ID that the server chose, or the backend answered its short
    /// header.
    ESTABLISHED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /// As metrics and documents spell it.
    public String label() {
        return label;
    }
}
