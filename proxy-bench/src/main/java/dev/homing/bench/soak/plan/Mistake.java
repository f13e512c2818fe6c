package dev.homing.bench.soak.plan;

/// What is wrong with a configuration that must be refused whole.
public enum Mistake {
    UNKNOWN_KEY("a key that there is not"),
    BAD_ADDRESS("an address that is none"),
    SHORT_SERVER_ID("a server ID of another length than the others"),
    NEEDS_RESTART("a key that needs a restart"),
    NO_YAML("text that is no YAML"),
    BAD_LINE("a line in the file of addresses that is none"),
    NO_LINE("a file of addresses without any");

    private final String text;

    Mistake(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
