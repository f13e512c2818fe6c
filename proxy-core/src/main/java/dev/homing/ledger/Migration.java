package dev.homing.ledger;

import java.util.Locale;

/// What has changed about a client who comes with a known connection ID on a new flow. Told by what
/// sessions there were lately: a client who moves to an address that others have sessions from
/// toward the same backend, behind one NAT, looks as if only its port had changed.
public enum Migration {
    PORT(
            "The address had a session toward the same backend: a NAT has given the client a new port."),
    ADDRESS(
            "The address had none: the client has changed its network, or this instance has not seen it before.");

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String sentence;

    Migration(String sentence) {
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
