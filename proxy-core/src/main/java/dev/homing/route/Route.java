package dev.homing.route;

/// The verdict for a datagram, in a long, so that it costs no object.
///
/// ```
/// bit 63..35   34        33        32                  31..0
/// | unused   | decoded | learned | starts connection | backend id, or -1 for none |
/// ```
///
/// *decoded*: the connection ID says that it is this backend's. *learned*: this backend was seen to
/// choose it. Otherwise the backend is the hash's choice, to be taken only if the shard knows
/// nothing better of the flow.
public final class Route {

    /// The backend id when the pool has no backend that takes new connections.
    public static final int NO_BACKEND = -1;

    private static final long DECODED = 1L << 34;
    private static final long LEARNED = 1L << 33;
    private static final long STARTS_CONNECTION = 1L << 32;

    private Route() {}

    /// The connection ID names its backend, by the pool's scheme.
    public static long decoded(int backend, boolean startsConnection) {
        return DECODED | proposed(backend, startsConnection);
    }

    /// The connection ID is in the table.
    public static long learned(int backend, boolean startsConnection) {
        return LEARNED | proposed(backend, startsConnection);
    }

    /// The connection ID is unknown; consistent hashing proposes a backend, or [#NO_BACKEND].
    public static long proposed(int backend, boolean startsConnection) {
        return (startsConnection ? STARTS_CONNECTION : 0) | Integer.toUnsignedLong(backend);
    }

    public static boolean isDecoded(long route) {
        return (route & DECODED) != 0;
    }

    public static boolean isLearned(long route) {
        return (route & LEARNED) != 0;
    }

    /// Whether the connection ID tells the backend, in either way.
    public static boolean isKnown(long route) {
        return (route & (DECODED | LEARNED)) != 0;
    }

    /// Whether the datagram may be the first of a connection.
    public static boolean startsConnection(long route) {
        return (route & STARTS_CONNECTION) != 0;
    }

    public static int backend(long route) {
        return (int) route;
    }
}
