package dev.homing.observe.http;

/// Whether something is as it should be.
///
/// @param reason for a person: what is so, or why not; one line
public record Health(boolean isGood, String reason) {

    public static Health good(String reason) {
        return new Health(true, reason);
    }

    public static Health bad(String reason) {
        return new Health(false, reason);
    }
}
