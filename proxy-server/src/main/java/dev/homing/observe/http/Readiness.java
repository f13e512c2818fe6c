package dev.homing.observe.http;

/// Whether new connections are welcome here.
///
/// @param reason one line
public record Readiness(boolean isReady, String reason) {

    public static final Readiness READY = new Readiness(true, "ready");

    public static Readiness notReady(String reason) {
        return new Readiness(false, reason);
    }
}
