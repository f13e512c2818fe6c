package dev.homing.observe.http;

import java.util.List;

/// Whether something is as it should be.
///
/// @param reason for a person: what is so, or why not; one line
/// @param details what a person should know beside it; they decide nothing
public record Health(boolean isGood, String reason, List<Detail> details) {

    /// @param name in one word
    /// @param text one line
    public record Detail(boolean isGood, String name, String text) {}

    public Health {
        details = List.copyOf(details);
    }

    public static Health good(String reason) {
        return new Health(true, reason, List.of());
    }

    public static Health bad(String reason) {
        return new Health(false, reason, List.of());
    }

    public Health with(List<Detail> more) {
        return new Health(isGood, reason, more);
    }
}
