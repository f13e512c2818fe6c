package dev.homing.relay;

import dev.homing.admission.Admission;
import dev.homing.datagram.Datagram;
import dev.homing.handoff.ShardDoor;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Migration;
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
import dev.homing.session.FormerClients;
import dev.homing.session.SessionTable;
import dev.homing.session.TurnClock;
import dev.homing.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// From the shard to the backend: finds or opens the session, and sends from its source tuple.
///
/// The order of routing, completed here by what the flow's sessions tell:
///
/// 1. The connection ID tells its backend, because it says so or is learned: that backend, by the
///    flow's session toward it, or a new one, for the client has moved.
/// 2. It is unknown and starts no connection, but the flow has a session: that session's backend.
///    The connection ID is taken for an alias of the session's connection.
/// 3. It starts a connection that this flow has begun already, so this is a retransmission: the
///    same session, unless its backend is down.
/// 4. Consistent hashing's proposal.
///
/// The shard's thread.
public final class ForwardPath implements ShardDoor {

    private static final int NONE = SessionTable.NONE;

    private final RoutingFeed routing;
    private final TurnClock clock;
    private final SessionTable sessions;
    private final ConnectionTable connections;
    private final FormerClients formerClients;
    private final Admission admission;
    private final BackendPorts ports;
    private final Ledger ledger;
    private final Tracer tracer;
    private final SessionTrace trace;
    private final QuicHeader header = new QuicHeader();
    private final FlowSessions flow;
    private final ConnectionIdWords connectionId = new ConnectionIdWords();

    /// How the backend of the latest datagram was found; null if it was dropped before.
    private @Nullable RouteMethod method;

    public ForwardPath(
            RoutingFeed routing,
            TurnClock clock,
            SessionTable sessions,
            ConnectionTable connections,
            FormerClients formerClients,
            Admission admission,
            BackendPorts ports,
            Ledger ledger,
            Tracer tracer) {
        this.routing = routing;
        this.clock = clock;
        this.sessions = sessions;
        this.connections = connections;
        this.formerClients = formerClients;
        this.admission = admission;
        this.ports = ports;
        this.ledger = ledger;
        this.tracer = tracer;
        trace = new SessionTrace(sessions, tracer);
        flow = new FlowSessions(sessions, connections, ledger);
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
                Route.isKnown(datagram.route())
                        ? ofKnown(datagram, table, nowSeconds)
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
        if (tracer.isOn()) {
            Pool pool = table.poolOfListener(datagram.listener());
            trace.note(
                    Side.CLIENT, datagram, session, method, flow.idLength(session, datagram, pool));
        }
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
        if (Route.isKnown(route) && !sessions.isNamed(session)) {
            sessions.setNamed(session);
        }
        if (sessions.isAnswered(session)
                && (sessions.isNamed(session) || sessions.serverIdLength(session) == 0)) {
            sessions.establish(session, nowSeconds);
        }
    }

    private int ofKnown(Datagram datagram, RoutingTable table, int nowSeconds) {
        if (Route.isDecoded(datagram.route())) {
            return ofDecoded(datagram, table, nowSeconds);
        }
        routed(RouteMethod.LEARNED, datagram);
        int session = sessions.find(datagram, Route.backend(datagram.route()));
        if (session == NONE) {
            session = ofMoved(datagram, table, nowSeconds);
        }
        return session;
    }

    private int ofDecoded(Datagram datagram, RoutingTable table, int nowSeconds) {
        if (Route.startsConnection(datagram.route())) {
            // A client's random choice may happen to name a server
            // (draft-ietf-quic-load-balancers-21 section 5.1).
            header.read(datagram.bytes(), 0, datagram.firstLengthBytes());
            int begun = flow.ofInitial(datagram, header, table);
            return begun == NONE
                    ? ofNew(datagram, table, RouteMethod.DECODED, nowSeconds)
                    : counted(begun, datagram, RouteMethod.FLOW);
        }
        routed(RouteMethod.DECODED, datagram);
        int session = sessions.find(datagram, Route.backend(datagram.route()));
        return session == NONE ? openForMoved(datagram, table, nowSeconds) : session;
    }

    private int counted(int session, Datagram datagram, RouteMethod found) {
        routed(found, datagram);
        return session;
    }

    /// The flow has no session toward the learned connection ID's backend. Either the client has
    /// moved, or two servers have chosen the same short connection ID and the flow's own session
    /// tells which of them is meant.
    private int ofMoved(Datagram datagram, RoutingTable table, int nowSeconds) {
        Pool pool = table.poolOfListener(datagram.listener());
        header.read(datagram.bytes(), 0, datagram.firstLengthBytes());
        int other = sessions.latest(datagram);
        while (other != NONE) {
            int length = header.isLong() ? header.dcidLength() : flow.serverIdLength(other, pool);
            if (pool.keeps(sessions.backend(other))
                    && owns(datagram, length, pool, sessions.backend(other))) {
                return other;
            }
            other = sessions.earlier(other);
        }
        return openForMoved(datagram, table, nowSeconds);
    }

    /// A session for a client who comes with a connection ID that tells its backend. Its length is
    /// noted: no long header may ever tell it to this session.
    private int openForMoved(Datagram datagram, RoutingTable table, int nowSeconds) {
        long route = datagram.route();
        Migration kind = formerClients.kindOf(datagram.peer(), Route.backend(route));
        int session = open(datagram, Route.backend(route), table, nowSeconds);
        if (session >= 0 && kind != null) {
            ledger.count(kind);
        }
        if (session >= 0 && Route.idLength(route) > 0) {
            sessions.setServerIdLength(session, Route.idLength(route));
        }
        return session;
    }

    private boolean owns(Datagram datagram, int length, Pool pool, int backend) {
        if (!FlowSessions.isStorable(length) || length > header.dcidLength()) {
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
                        ? flow.ofInitial(datagram, header, table)
                        : sessionOfFlow(datagram, form, pool, nowSeconds);
        if (session == NONE) {
            session = ofNew(datagram, table, RouteMethod.HASH, nowSeconds);
        } else {
            routed(RouteMethod.FLOW, datagram);
        }
        return session;
    }

    /// The session of the flow that matches by the client's connection ID, else the latest that is
    /// established, else the latest.
    private int sessionOfFlow(Datagram datagram, HeaderForm form, Pool pool, int nowSeconds) {
        int session = form == HeaderForm.LONG ? flow.ofClientId(datagram, header, pool) : NONE;
        if (session == NONE) {
            session = flow.latest(datagram, pool);
        }
        if (session != NONE) {
            establishIfProven(session, datagram, nowSeconds); // only such may teach
            learnAlias(datagram, session, pool, nowSeconds);
        }
        return session;
    }

    /// Servers announce further connection IDs encrypted (NEW_CONNECTION_ID), so the first that
    /// anyone else sees of one is its use. On a flow with one established session it can only be
    /// that session's.
    private void learnAlias(Datagram datagram, int session, Pool pool, int nowSeconds) {
        if (!flow.isOnlyEstablished(datagram, session)) {
            return;
        }
        int length = header.isLong() ? header.dcidLength() : flow.serverIdLength(session, pool);
        if (!FlowSessions.isStorable(length)
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

    private int ofNew(Datagram datagram, RoutingTable table, RouteMethod found, int nowSeconds) {
        int backend = Route.backend(datagram.route());
        if (!table.acceptsNewConnections()) {
            return SessionTable.refused(DropReason.DRAINING);
        }
        if (backend == Route.NO_BACKEND) {
            return SessionTable.refused(DropReason.NO_BACKEND);
        }
        DropReason refusal = admission.refusal(datagram, header, backend, table.admission());
        if (refusal != null) {
            return SessionTable.refused(refusal);
        }
        routed(found, datagram);
        int session = sessions.find(datagram, backend);
        if (session == NONE) {
            session = open(datagram, backend, table, nowSeconds);
            if (session >= 0
                    && found == RouteMethod.HASH
                    && Route.startsConnection(datagram.route())) {
                sessions.setExpectsAnswer(session);
            }
        }
        if (session >= 0 && header.isLong()) {
            Pool pool = table.poolOfListener(datagram.listener());
            sessions.setFirstIds(
                    session,
                    flow.hash(datagram, header.scidOffset(), header.scidLength(), pool),
                    flow.hash(datagram, header.dcidOffset(), header.dcidLength(), pool));
        }
        return session;
    }

    private int open(Datagram datagram, int backendId, RoutingTable table, int nowSeconds) {
        Backend backend = table.backend(backendId);
        if (backend == null) {
            return SessionTable.refused(DropReason.NO_BACKEND);
        }
        int session = sessions.open(datagram, backend, nowSeconds);
        if (session >= 0) {
            formerClients.add(datagram.peer(), backendId);
        }
        return session;
    }

    private void routed(RouteMethod found, Datagram datagram) {
        method = found;
        ledger.routed(found, datagram.count());
    }

    private void drop(Datagram datagram, DropReason reason) {
        long route = datagram.route();
        tracer.dropped(Side.CLIENT, datagram, Route.backend(route), Route.idLength(route), reason);
        ledger.dropped(Side.CLIENT, reason, datagram.count());
        datagram.release();
    }
}
