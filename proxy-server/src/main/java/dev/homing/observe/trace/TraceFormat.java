package dev.homing.observe.trace;

/// The ways in which a trace can be told.
public enum TraceFormat {
    JSON,
    TEXT,
    PCAPNG;

    private static final String APPLICATION = "Homing";

    TraceWriter writer() {
        return switch (this) {
            case JSON -> new JsonLines();
            case TEXT -> new TextLines();
            case PCAPNG -> new PcapngPackets(APPLICATION);
        };
    }
}
