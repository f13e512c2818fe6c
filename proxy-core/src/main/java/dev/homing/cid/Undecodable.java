package dev.homing.cid;

/// A way in which a scheme may fail to read a connection ID.
///
/// @param configuration that it would have been read by: rotation bits, or [#NO_ROTATION] where a
///   scheme has one only, or there is no octet that has them
public record Undecodable(int configuration, Unroutable reason) {

    /// Behind the rotation bits, which are 0 to 7.
    public static final int NO_ROTATION = 8;

    /// How many configurations there are to count by.
    static final int CONFIGURATIONS = NO_ROTATION + 1;

    /// The configuration as metrics spell it.
    public String configurationLabel() {
        return configuration == NO_ROTATION ? "none" : Integer.toString(configuration);
    }
}
