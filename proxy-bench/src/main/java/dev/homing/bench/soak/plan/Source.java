package dev.homing.bench.soak.plan;

/// Where Homing knows a server from.
public enum Source {
    /// Its configuration, with a server ID.
    CONFIGURATION("the configuration"),
    /// The file of addresses that the configuration names (`backends-file`).
    FILE("the file of addresses"),
    /// A DNS name in the configuration, asked for again and again.
    NAME("the addresses of a name");

    private final String text;

    Source(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
