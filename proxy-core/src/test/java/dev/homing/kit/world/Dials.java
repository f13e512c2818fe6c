package dev.homing.kit.world;

/// How bad a [Network] is.
///
/// @param lossPercent how many datagrams never arrive
/// @param duplicationPercent how many arrive twice
/// @param overtakingPercent how many do not keep to their path's order
/// @param delayNs how long the fastest are on their way
/// @param jitterNs how much longer the slowest are, at least 1
public record Dials(
        int lossPercent,
        int duplicationPercent,
        int overtakingPercent,
        long delayNs,
        long jitterNs) {

    /// Loses nothing and keeps order.
    public static final Dials CALM = new Dials(0, 0, 0, 1_000, 1);
}
