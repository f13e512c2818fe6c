package dev.homing.bench.soak.plan;

/// How a running instance is told to read its configuration again.
public enum Way {
    HANG_UP("by HUP"),
    WATCHED_FILE("by the watched file"),
    POST("by POST /config/reload");

    private final String text;

    Way(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
