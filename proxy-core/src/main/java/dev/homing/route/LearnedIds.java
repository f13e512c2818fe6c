package dev.homing.route;

import dev.homing.quic.ConnectionIdWords;

/// The connection IDs whose backend is known.
public interface LearnedIds {

    /// Nothing is known of the connection ID.
    int UNKNOWN = -1;

    /// The backend that owns a connection ID, or [#UNKNOWN]; being asked for keeps an entry alive.
    /// Wait-free.
    ///
    /// @param nowSeconds of the coarse clock
    int find(ConnectionIdWords connectionId, int nowSeconds);
}
