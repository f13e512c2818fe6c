package dev.homing.bench.soak.plan;

/// What strangers flood with.
public enum FloodKind {
    /// Initials, each with a connection ID of its own.
    INITIALS("Initials"),
    /// Octets that are not QUIC, or only begin like it.
    NOISE("noise");

    private final String text;

    FloodKind(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
