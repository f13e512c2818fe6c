package dev.homing.route;

/// The verdict for a datagram, in a long, so that it costs no object.
///
/// ```
/// bit 63..40   39..35      34        33        32                  31..0
/// | unused   | id length | decoded | learned | starts connection | backend id, or -1 for none |
/// ```
///
/// *decoded*: the connection ID says that it is this backend's. *learned*: this backend was seen to
/// choose it; *id length* is how many octets the connection ID has then, 0 if that cannot be told.
/// Otherwise the backend is the hash's choice, to be taken only if the shard knows nothing better
/// of the flow.
public final class Route {

    /// The backend id when the pool has no backend that takes new connections.
    public static final int NO_BACKEND = -1;

    private static final int ID_LENGTH_SHIFT = 35;
    private static final int ID_LENGTH_MASK = 0x1f;
    private static final long DECODED = 1L << 34;
    private static final long LEARNED = 1L << 33;
    private static final long STARTS_CONNECTION = 1L << 32;

    private Route() {}

    /// The connection ID names its backend, by the pool's scheme.
    ///
    /// @param idLength octets of the connection ID, 0 to 20; 0 if the scheme cannot tell
    public static long decoded(int backend, boolean startsConnection, int idLength) {
        return DECODED | withIdLength(idLength) | proposed(backend, startsConnection);
    }

    /// The connection ID is in the table.
    ///
    /// @param idLength octets of the connection ID, 1 to 20
    public static long learned(int backend, boolean startsConnection, int idLength) {
        return LEARNED | withIdLength(idLength) | proposed(backend, startsConnection);
    }

    /// The connection ID is unknown; consistent hashing proposes a backend, or [#NO_BACKEND].
    public static long proposed(int backend, boolean startsConnection) {
        return (startsConnection ? STARTS_CONNECTION : 0) | Integer.toUnsignedLong(backend);
    }

    private static long withIdLength(int octets) {
        return (long) octets << ID_LENGTH_SHIFT;
    }

    /// Octets of the connection ID that tells the backend, 0 if none does or its length is unknown.
    public static int idLength(long route) {
        return (int) (route >>> ID_LENGTH_SHIFT) & ID_LENGTH_MASK;
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
