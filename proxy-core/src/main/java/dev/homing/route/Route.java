package dev.homing.route;

/// The verdict for a datagram, in a long, so that it costs no object.
///
/// ```
/// bit 63..34   33        32                  31..0
/// | unused   | learned | starts connection | backend id, or -1 for none |
/// ```
///
/// *learned*: the backend owns the connection ID. Otherwise the backend is the hash's choice, to be
/// taken only if the shard knows nothing better of the flow.
public final class Route {

    /// The backend id when the pool has no backend that takes new connections.
    public static final int NO_BACKEND = -1;

    private static final long LEARNED = 1L << 33;
    private static final long STARTS_CONNECTION = 1L << 32;

    private Route() {}

    /// The connection ID is known.
    public static long learned(int backend, boolean startsConnection) {
        return LEARNED | proposed(backend, startsConnection);
    }

    /// The connection ID is unknown; consistent hashing proposes a backend, or [#NO_BACKEND].
    public static long proposed(int backend, boolean startsConnection) {
        return (startsConnection ? STARTS_CONNECTION : 0) | Integer.toUnsignedLong(backend);
    }

    public static boolean isLearned(long route) {
        return (route & LEARNED) != 0;
    }

    /// Whether the datagram may be the first of a connection.
    public static boolean startsConnection(long route) {
        return (route & STARTS_CONNECTION) != 0;
    }

    public static int backend(long route) {
        return (int) route;
    }
}
