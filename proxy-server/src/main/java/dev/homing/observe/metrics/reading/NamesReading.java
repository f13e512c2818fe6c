package dev.homing.observe.metrics.reading;

/// How the names of backends are resolved.
///
/// @param answered answers that said all
/// @param failed answers that did not
/// @param stale names whose last answer is kept although its time is over
public record NamesReading(long answered, long failed, int stale) {

    /// No name has been asked for.
    public static final NamesReading NONE = new NamesReading(0, 0, 0);
}
