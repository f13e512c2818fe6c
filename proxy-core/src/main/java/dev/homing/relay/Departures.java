package dev.homing.relay;

import dev.homing.datagram.Datagram;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.route.Route;
import dev.homing.route.RoutingTable;
import dev.homing.session.SessionTable;

/// Connections that have only just begun leave a backend that is down: when their client sends its
/// first packets again, these go where the route says. Nobody leaves an established connection: the
/// backend alone has its keys, and may be back before the client gives up.
///
/// The session that is left stays until it expires. Should its backend answer after all, the client
/// gets the answer.
///
/// The shard's thread.
final class Departures {

    private static final int NO_ID = 0;

    private final SessionTable sessions;
    private final Ledger ledger;

    Departures(SessionTable sessions, Ledger ledger) {
        this.sessions = sessions;
        this.ledger = ledger;
    }

    /// Whether the connection of a packet that may start one leaves the session that it began in;
    /// from then on the session does not know it any more.
    ///
    /// @param datagram routed to where the connection would go instead
    /// @param id hash of the packet's destination connection ID
    boolean leaves(Datagram datagram, int session, int id, RoutingTable table) {
        int backend = sessions.backend(session);
        if (!table.poolOfListener(datagram.listener()).isDown(backend)
                || !table.acceptsNewConnections()) {
            return false;
        }
        int elsewhere = Route.backend(datagram.route());
        if (elsewhere == Route.NO_BACKEND || elsewhere == backend) {
            return false;
        }
        // An established session may carry a second connection, whose client still sends its own
        // first choice: the server has answered the one and not the other (RFC 9000 section 7.2).
        boolean isServersChoice = sessions.isServerId(session, id);
        if (sessions.isEstablished(session) && isServersChoice) {
            return false;
        }
        sessions.setFirstIds(session, NO_ID, NO_ID);
        if (isServersChoice) {
            sessions.setServerId(session, NO_ID);
        }
        ledger.count(Event.SESSION_LEFT);
        return true;
    }
}
