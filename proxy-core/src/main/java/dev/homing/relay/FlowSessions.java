package dev.homing.relay;

import dev.homing.datagram.Datagram;
import dev.homing.ledger.Ledger;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.quic.QuicHeader;
import dev.homing.route.Pool;
import dev.homing.route.Route;
import dev.homing.route.RoutingTable;
import dev.homing.session.ConnectionTable;
import dev.homing.session.SessionTable;

/// What the sessions of a flow tell of a datagram whose connection ID tells nothing. The shard's
/// thread.
final class FlowSessions {

    private static final int NONE = SessionTable.NONE;

    private final SessionTable sessions;
    private final ConnectionTable connections;
    private final Departures departures;
    private final ConnectionIdWords connectionId = new ConnectionIdWords();

    FlowSessions(SessionTable sessions, ConnectionTable connections, Ledger ledger) {
        this.sessions = sessions;
        this.connections = connections;
        departures = new Departures(sessions, ledger);
    }

    /// The flow's session whose connection began with this connection ID: a client's first choice
    /// stays with its address (draft-ietf-quic-load-balancers section 8), and so need not be in the
    /// table of connection IDs, which strangers could fill with first choices. Or the one whose
    /// server chose it last, for which the table may have had no room.
    ///
    /// A connection that has only just begun leaves a session whose backend is down.
    int ofInitial(Datagram datagram, QuicHeader header, RoutingTable table) {
        Pool pool = table.poolOfListener(datagram.listener());
        int id = hash(datagram, header.dcidOffset(), header.dcidLength(), pool);
        int session = sessions.latest(datagram);
        while (session != NONE
                && !((sessions.isFirstId(session, id) || sessions.isServerId(session, id))
                        && pool.keeps(sessions.backend(session))
                        && !departures.leaves(datagram, session, id, table))) {
            session = sessions.earlier(session);
        }
        return session;
    }

    /// The flow's session with the client's connection ID of this long header.
    int ofClientId(Datagram datagram, QuicHeader header, Pool pool) {
        int clientId = hash(datagram, header.scidOffset(), header.scidLength(), pool);
        if (clientId == 0) {
            return NONE;
        }
        int session = sessions.latest(datagram);
        while (session != NONE
                && !(sessions.isClientId(session, clientId)
                        && pool.keeps(sessions.backend(session)))) {
            session = sessions.earlier(session);
        }
        return session;
    }

    /// The flow's latest session that is established, else the latest of all.
    ///
    /// Established sessions come first, for anyone can open another one with an Initial from a
    /// forged address, to a backend that will not know what the client sends.
    int latest(Datagram datagram, Pool pool) {
        int latest = NONE;
        int session = sessions.latest(datagram);
        while (session != NONE) {
            if (pool.keeps(sessions.backend(session))) {
                if (sessions.isEstablished(session)) {
                    return session;
                }
                latest = latest == NONE ? session : latest;
            }
            session = sessions.earlier(session);
        }
        return latest;
    }

    /// Whether this session is established and no other of the flow is.
    boolean isOnlyEstablished(Datagram datagram, int session) {
        int other = sessions.latest(datagram);
        while (other != NONE) {
            if (sessions.isEstablished(other) != (other == session)) {
                return false;
            }
            other = sessions.earlier(other);
        }
        return true;
    }

    /// Octets of the connection IDs that a session's server chooses, or −1.
    int serverIdLength(int session, Pool pool) {
        return pool.connectionIdLength() == Pool.LENGTH_LEARNED
                ? sessions.serverIdLength(session)
                : pool.connectionIdLength();
    }

    /// Octets of the destination connection ID of a short header, 0 if nobody knows.
    int idLength(int session, Datagram datagram, Pool pool) {
        int told = Route.idLength(datagram.route());
        return told > 0 ? told : Math.max(0, serverIdLength(session, pool));
    }

    /// Whether the table of connection IDs takes one of so many octets.
    static boolean isStorable(int length) {
        return length > 0 && length <= QuicHeader.MAX_CONNECTION_ID_BYTES;
    }

    /// Of a connection ID as one among those of a flow; 0 for one that has no octets, or more than
    /// can be stored.
    int hash(Datagram datagram, int offset, int length, Pool pool) {
        if (!isStorable(length)) {
            return 0;
        }
        connectionId.read(datagram.bytes(), offset, length, pool.index());
        return connections.shortHash(connectionId);
    }
}
