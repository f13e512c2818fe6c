package dev.homing.relay;

import dev.homing.datagram.Datagram;
import dev.homing.handoff.ShardDoor;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.quic.HeaderForm;
import dev.homing.quic.QuicHeader;
import dev.homing.route.Backend;
import dev.homing.route.Pool;
import dev.homing.route.Route;
import dev.homing.route.RoutingFeed;
import dev.homing.route.RoutingTable;
import dev.homing.session.BackendPorts;
import dev.homing.session.ConnectionTable;
import dev.homing.session.SessionTable;
import dev.homing.session.TurnClock;

/// From the shard to the backend: finds or opens the session, and sends from its source tuple.
///
/// The order of routing, completed here by what the flow's sessions tell:
///
/// 1. The connection ID is learned: its backend, by the flow's session toward it, or a new one, for
///    the client has moved.
/// 2. It is unknown and starts no connection, but the flow has a session: that session's backend.
///    The connection ID is taken for an alias of the session's connection.
/// 3. It starts a connection that this flow has begun already, so this is a retransmission: the
///    same session.
/// 4. Consistent hashing's proposal.
///
/// The shard's thread.
public final class ForwardPath implements ShardDoor {

    private static final int NONE = SessionTable.NONE;

    private final RoutingFeed routing;
    private final TurnClock clock;
    private final SessionTable sessions;
    private final ConnectionTable connections;
    private final BackendPorts ports;
    private final Ledger ledger;
    private final QuicHeader header = new QuicHeader();
    private final ConnectionIdWords connectionId = new ConnectionIdWords();

    public ForwardPath(
            RoutingFeed routing,
            TurnClock clock,
            SessionTable sessions,
            ConnectionTable connections,
            BackendPorts ports,
            Ledger ledger) {
        this.routing = routing;
        this.clock = clock;
        this.sessions = sessions;
        this.connections = connections;
        this.ports = ports;
        this.ledger = ledger;
    }

    /// A shard that receives for itself takes its own flows without a queue, so there is always
    /// room.
    @Override
    public boolean offer(Datagram datagram) {
        accept(datagram);
        return true;
    }

    @Override
    public void signal() {
        // The shard is awake: this is its thread.
    }

    /// Takes over a routed datagram of a client.
    public void accept(Datagram datagram) {
        RoutingTable table = routing.latest();
        int nowSeconds = clock.seconds();
        int session =
                Route.isLearned(datagram.route())
                        ? ofLearned(datagram, table, nowSeconds)
                        : ofUnknown(datagram, table, nowSeconds);
        if (session < NONE) {
            drop(datagram, SessionTable.reason(session));
            return;
        }
        Backend backend = table.backend(sessions.backend(session));
        if (backend == null) {
            drop(datagram, DropReason.NO_BACKEND); // the table changed between receiver and shard
            return;
        }
        sessions.markUsed(session, nowSeconds);
        establishIfProven(session, datagram, nowSeconds);
        datagram.peer().set(backend.high(), backend.low(), backend.port(), 0);
        sessions.readSource(session, backend.isIpv4(), datagram.local());
        ports.sink(sessions.backendPort(session)).send(datagram);
    }

    /// The client's address is proved real by having named a connection ID which the server chose,
    /// and by going on after something that the server sent to this address. Neither alone would
    /// do: anyone can open a connection of his own and then send its connection ID from a million
    /// forged addresses. What it goes on with may be a new connection ID that nobody knows.
    ///
    /// An Initial proves nothing, because some servers keep the connection ID that the client chose
    /// for it. Servers without connection IDs leave only the answer to go by.
    private void establishIfProven(int session, Datagram datagram, int nowSeconds) {
        long route = datagram.route();
        if (sessions.isEstablished(session) || Route.startsConnection(route)) {
            return;
        }
        if (Route.isLearned(route) && !sessions.isNamed(session)) {
            sessions.setNamed(session);
        }
        if (sessions.isAnswered(session)
                && (sessions.isNamed(session) || sessions.serverIdLength(session) == 0)) {
            sessions.establish(session, nowSeconds);
        }
    }

    private int ofLearned(Datagram datagram, RoutingTable table, int nowSeconds) {
        ledger.routed(RouteMethod.LEARNED, datagram.count());
        int session = sessions.find(datagram, Route.backend(datagram.route()));
        if (session == NONE) {
            session = ofMoved(datagram, table, nowSeconds);
        }
        return session;
    }

    /// The flow has no session toward the connection ID's backend. Either the client has moved, or
    /// two servers have chosen the same short connection ID and the flow's own session tells which
    /// of them is meant.
    private int ofMoved(Datagram datagram, RoutingTable table, int nowSeconds) {
        Pool pool = table.poolOfListener(datagram.listener());
        header.read(datagram.bytes(), 0, datagram.firstLengthBytes());
        int other = sessions.latest(datagram);
        while (other != NONE) {
            int length = header.isLong() ? header.dcidLength() : serverIdLength(other, pool);
            if (pool.keeps(sessions.backend(other))
                    && owns(datagram, length, pool, sessions.backend(other))) {
                return other;
            }
            other = sessions.earlier(other);
        }
        int backend = Route.backend(datagram.route());
        int session = open(datagram, backend, table, nowSeconds);
        if (session >= 0) {
            // No long header may ever tell it to this session.
            sessions.setServerIdLength(session, knownLength(datagram, pool, backend));
        }
        return session;
    }

    /// Octets of the connection ID that a backend owns; −1 if it has just been forgotten.
    private int knownLength(Datagram datagram, Pool pool, int backend) {
        if (header.isLong()) {
            return header.dcidLength();
        }
        int lengths = pool.shortHeaderLengths();
        while (lengths != 0) {
            int length = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(lengths);
            lengths ^= 1 << length;
            if (owns(datagram, length, pool, backend)) {
                return length;
            }
        }
        return -1;
    }

    private boolean owns(Datagram datagram, int length, Pool pool, int backend) {
        if (!isStorable(length) || length > header.dcidLength()) {
            return false;
        }
        connectionId.read(datagram.bytes(), header.dcidOffset(), length, pool.index());
        return connections.owns(connectionId, backend);
    }

    private int ofUnknown(Datagram datagram, RoutingTable table, int nowSeconds) {
        Pool pool = table.poolOfListener(datagram.listener());
        HeaderForm form = header.read(datagram.bytes(), 0, datagram.firstLengthBytes());
        int session =
                Route.startsConnection(datagram.route())
                        ? sessionOfInitial(datagram, pool)
                        : sessionOfFlow(datagram, form, pool, nowSeconds);
        if (session == NONE) {
            session = ofNew(datagram, table, nowSeconds);
        } else {
            ledger.routed(RouteMethod.FLOW, datagram.count());
        }
        return session;
    }

    /// The flow's session whose connection began with this connection ID: a client's first choice
    /// stays with its address (draft-ietf-quic-load-balancers section 8), and so need not be in the
    /// table of connection IDs, which strangers could fill with first choices. Or the one whose
    /// server chose it last, for which the table may have had no room.
    private int sessionOfInitial(Datagram datagram, Pool pool) {
        int id = hash(datagram, header.dcidOffset(), header.dcidLength(), pool);
        int session = sessions.latest(datagram);
        while (session != NONE
                && !((sessions.isFirstId(session, id) || sessions.isServerId(session, id))
                        && pool.keeps(sessions.backend(session)))) {
            session = sessions.earlier(session);
        }
        return session;
    }

    /// The flow's session with the client's connection ID of this long header.
    private int sessionOfClientId(Datagram datagram, Pool pool) {
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

    /// The session of the flow that matches by the client's connection ID, else the latest that is
    /// established, else the latest.
    private int sessionOfFlow(Datagram datagram, HeaderForm form, Pool pool, int nowSeconds) {
        int session = form == HeaderForm.LONG ? sessionOfClientId(datagram, pool) : NONE;
        if (session == NONE) {
            session = latestKept(datagram, pool);
        }
        if (session != NONE) {
            establishIfProven(session, datagram, nowSeconds); // only such may teach
            learnAlias(datagram, session, pool, nowSeconds);
        }
        return session;
    }

    /// Established sessions come first, for anyone can open another one with an Initial from a
    /// forged address, to a backend that will not know what the client sends.
    private int latestKept(Datagram datagram, Pool pool) {
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

    /// Servers announce further connection IDs encrypted (NEW_CONNECTION_ID), so the first that
    /// anyone else sees of one is its use. On a flow with one established session it can only be
    /// that session's.
    private void learnAlias(Datagram datagram, int session, Pool pool, int nowSeconds) {
        if (!isOnlyEstablished(datagram, session)) {
            return;
        }
        int length = header.isLong() ? header.dcidLength() : serverIdLength(session, pool);
        if (!isStorable(length)
                || length > header.dcidLength()
                || !sessions.mayTeachAlias(session)) {
            return;
        }
        connectionId.read(datagram.bytes(), header.dcidOffset(), length, pool.index());
        // Others of the same batch were routed before this one is learned: only the first counts.
        if (connections.learn(connectionId, sessions.backend(session), nowSeconds, ledger)) {
            sessions.countAlias(session);
            ledger.count(Event.ALIAS_LEARNED);
        }
    }

    private boolean isOnlyEstablished(Datagram datagram, int session) {
        int other = sessions.latest(datagram);
        while (other != NONE) {
            if (sessions.isEstablished(other) != (other == session)) {
                return false;
            }
            other = sessions.earlier(other);
        }
        return true;
    }

    private int ofNew(Datagram datagram, RoutingTable table, int nowSeconds) {
        int backend = Route.backend(datagram.route());
        if (!table.acceptsNewConnections()) {
            return SessionTable.refused(DropReason.DRAINING);
        }
        if (backend == Route.NO_BACKEND) {
            return SessionTable.refused(DropReason.NO_BACKEND);
        }
        ledger.routed(RouteMethod.HASH, datagram.count());
        int session = sessions.find(datagram, backend);
        if (session == NONE) {
            session = open(datagram, backend, table, nowSeconds);
        }
        if (session >= 0 && header.isLong()) {
            Pool pool = table.poolOfListener(datagram.listener());
            sessions.setFirstIds(
                    session,
                    hash(datagram, header.scidOffset(), header.scidLength(), pool),
                    hash(datagram, header.dcidOffset(), header.dcidLength(), pool));
        }
        return session;
    }

    private int open(Datagram datagram, int backendId, RoutingTable table, int nowSeconds) {
        Backend backend = table.backend(backendId);
        return backend == null
                ? SessionTable.refused(DropReason.NO_BACKEND)
                : sessions.open(datagram, backend, nowSeconds);
    }

    private int serverIdLength(int session, Pool pool) {
        return pool.connectionIdLength() == Pool.LENGTH_LEARNED
                ? sessions.serverIdLength(session)
                : pool.connectionIdLength();
    }

    private static boolean isStorable(int length) {
        return length > 0 && length <= QuicHeader.MAX_CONNECTION_ID_BYTES;
    }

    /// Of a connection ID as one among those of a flow; 0 for one that has no octets, or more than
    /// can be stored.
    private int hash(Datagram datagram, int offset, int length, Pool pool) {
        if (!isStorable(length)) {
            return 0;
        }
        connectionId.read(datagram.bytes(), offset, length, pool.index());
        return connections.shortHash(connectionId);
    }

    private void drop(Datagram datagram, DropReason reason) {
        ledger.dropped(Side.CLIENT, reason, datagram.count());
        datagram.release();
    }
}
