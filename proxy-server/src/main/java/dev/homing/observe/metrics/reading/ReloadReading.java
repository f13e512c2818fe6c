package dev.homing.observe.metrics.reading;

/// How the configuration came into force.
///
/// @param applied how often it was read again and changed something
/// @param unchanged how often it was read again and was the same
/// @param refused how often it was read again and could not be used
/// @param isLastGood whether the latest reading was not refused
/// @param lastGoodSeconds when it was last found good, in seconds since 1970
/// @param hash of what is in force
public record ReloadReading(
        long applied,
        long unchanged,
        long refused,
        boolean isLastGood,
        double lastGoodSeconds,
        String hash) {}
