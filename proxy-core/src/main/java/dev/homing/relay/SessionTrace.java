package dev.homing.relay;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.Trail;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import dev.homing.session.SessionTable;
import dev.homing.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// Which sessions a trace follows. One datagram with a connection ID that the trace wants is
/// enough: from then on all of the session's are recorded, in both directions, since most of them
/// do not tell whose they are. The shard's thread.
final class SessionTrace {

    private final SessionTable sessions;
    private final Tracer tracer;

    SessionTrace(SessionTable sessions, Tracer tracer) {
        this.sessions = sessions;
        this.tracer = tracer;
    }

    /// Notes down, while a trace is on, what its record is to say of a datagram. Of a train, the
    /// first datagram's connection ID counts.
    ///
    /// @param side where it comes from
    /// @param datagram whose peer is the client, and whose local address is the one that the client
    ///   writes to
    /// @param idLength octets of a short header's destination connection ID, 0 if nobody knows
    void note(
            Side side, Datagram datagram, int session, @Nullable RouteMethod method, int idLength) {
        boolean isFollowed = sessions.trace(session) == tracer.number();
        if (!isFollowed
                && tracer.wants(side, datagram.bytes(), 0, datagram.firstLengthBytes(), idLength)) {
            sessions.setTrace(session, tracer.number());
            isFollowed = true;
        }
        datagram.setTraced(isFollowed);
        // Of all others the trail lies in memory that nothing else touches.
        if (isFollowed || tracer.takesDrops()) {
            Trail trail = datagram.trail();
            trail.set(datagram.peer(), datagram.local(), true, sessions.backend(session));
            trail.setRouted(method, idLength);
        }
    }
}
