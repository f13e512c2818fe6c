package dev.homing.ledger;

import java.util.Locale;

/// How the backend of a datagram was found.
public enum RouteMethod {
    DECODED("The connection ID says which backend it belongs to, by the pool's scheme."),
    LEARNED("The connection ID is one that a backend chose, or that followed one on its flow."),
    FLOW("The connection ID is new, but the client's address already has a session."),
    HASH("Nothing is known of the connection: consistent hashing chose.");

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String sentence;

    RouteMethod(String sentence) {
        this.sentence = sentence;
    }

    /// As metrics and documents spell it.
    public String label() {
        return label;
    }

    public String sentence() {
        return sentence;
    }
}
