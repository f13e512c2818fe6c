package dev.homing.ledger;

/// The two sides of the proxy. A datagram is received on one and sent on the other; a dropped one
/// is booked on the side that it was received from.
public enum Side {
    CLIENT,
    BACKEND;

    private final String label = name().toLowerCase(java.util.Locale.ROOT);

    /// As metrics and documents spell it.
    public String label() {
        return label;
    }

    public Side other() {
        return this == CLIENT ? BACKEND : CLIENT;
    }
}
