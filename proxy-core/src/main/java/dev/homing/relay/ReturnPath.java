package dev.homing.relay;

import dev.homing.cid.CidDecoders;
import dev.homing.cid.CidScheme;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramSink;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.quic.HeaderForm;
import dev.homing.quic.QuicHeader;
import dev.homing.route.Backend;
import dev.homing.route.Pool;
import dev.homing.route.Route;
import dev.homing.route.RoutingFeed;
import dev.homing.route.RoutingTable;
import dev.homing.session.ConnectionTable;
import dev.homing.session.SessionTable;
import dev.homing.session.TurnClock;
import dev.homing.trace.Tracer;

/// From the backend to the client: finds the session by source tuple and backend address only,
/// never by connection ID, for a stateless reset carries random octets in its place (RFC 9000
/// section 10.3). What the long headers say on the way is learned. The shard's thread.
public final class ReturnPath {

    private final RoutingFeed routing;
    private final TurnClock clock;
    private final SessionTable sessions;
    private final ConnectionTable connections;
    private final DatagramSink[] clients;
    private final Ledger ledger;
    private final Tracer tracer;
    private final SessionTrace trace;
    private final QuicHeader header = new QuicHeader();
    private final CidDecoders decoders = new CidDecoders();
    private final ConnectionIdWords connectionId = new ConnectionIdWords();

    /// @param clients the way out through each listening address, by its index
    public ReturnPath(
            RoutingFeed routing,
            TurnClock clock,
            SessionTable sessions,
            ConnectionTable connections,
            DatagramSink[] clients,
            Ledger ledger,
            Tracer tracer) {
        this.routing = routing;
        this.clock = clock;
        this.sessions = sessions;
        this.connections = connections;
        this.clients = clients.clone();
        this.ledger = ledger;
        this.tracer = tracer;
        trace = new SessionTrace(sessions, tracer);
    }

    /// Takes over a datagram that came to a backend port.
    public void accept(Datagram datagram, int backendPort) {
        ledger.received(Side.BACKEND, datagram.count(), datagram.lengthBytes());
        RoutingTable table = routing.latest();
        Backend backend =
                table.backendAt(
                        datagram.peer().high(), datagram.peer().low(), datagram.peer().port());
        if (backend == null) {
            drop(datagram, Route.NO_BACKEND, DropReason.UNKNOWN_SENDER);
            return;
        }
        int session = sessions.findBySource(backendPort, datagram.local(), backend);
        if (session == SessionTable.NONE) {
            drop(datagram, backend.id(), DropReason.NO_SESSION);
            return;
        }
        int nowSeconds = clock.seconds();
        learn(datagram, session, table, nowSeconds);
        if (!sessions.isAnswered(session)) {
            sessions.setAnswered(session);
        }
        sessions.markUsed(session, nowSeconds);
        sessions.readClient(session, datagram.peer());
        sessions.readLocal(session, datagram.local());
        int listener = sessions.listener(session);
        if (tracer.isOn()) {
            datagram.setListener(listener);
            trace.note(Side.BACKEND, datagram, session, null, 0);
        }
        clients[listener].send(datagram);
    }

    /// Each long-header packet of a server names a connection ID that it chose (Initial, Handshake,
    /// Retry). Version Negotiation does not: it only gives the client's choice back (RFC 8999
    /// section 6). The datagrams of a train may belong to several connections of the client's.
    private void learn(Datagram datagram, int session, RoutingTable table, int nowSeconds) {
        int end = datagram.lengthBytes();
        int segment = datagram.firstLengthBytes();
        for (int offset = 0; offset < end; offset += segment) {
            HeaderForm form =
                    header.read(datagram.bytes(), offset, Math.min(segment, end - offset));
            if (form == HeaderForm.LONG && !header.isVersionNegotiation()) {
                learnSource(datagram, session, table, nowSeconds);
            }
        }
    }

    private void learnSource(Datagram datagram, int session, RoutingTable table, int nowSeconds) {
        int length = header.scidLength();
        if (length > QuicHeader.MAX_CONNECTION_ID_BYTES) {
            return;
        }
        if (length > 0 || header.isVersionKnown()) { // SCONE's has none, whatever the server chose
            sessions.setServerIdLength(session, length);
        }
        if (length == 0) {
            return; // such a server's clients are known by their address only
        }
        Pool pool = table.poolOfListener(sessions.listener(session));
        if (namesItsBackend(datagram, session, pool)) {
            connectionId.read(datagram.bytes(), header.scidOffset(), length, pool.index());
            sessions.setServerId(session, connections.shortHash(connectionId));
            return; // what any instance can read need not be remembered
        }
        pool.lengthsSeen().add(length);
        connectionId.read(datagram.bytes(), header.scidOffset(), length, pool.index());
        sessions.setServerId(session, connections.shortHash(connectionId));
        if (connections.learn(connectionId, sessions.backend(session), nowSeconds, ledger)) {
            ledger.count(Event.CONNECTION_ID_LEARNED);
        }
    }

    /// Whether the connection ID that a server chose says that it is this server's.
    private boolean namesItsBackend(Datagram datagram, int session, Pool pool) {
        CidScheme scheme = pool.cidScheme();
        if (scheme == null) {
            return false;
        }
        int named =
                decoders.of(pool.index(), scheme)
                        .decodeLong(
                                datagram.bytes(), header.scidOffset(), header.scidLength(), false);
        if (named >= 0 && named != sessions.backend(session)) {
            ledger.count(Event.CONNECTION_ID_MISNAMED);
        }
        return named == sessions.backend(session);
    }

    private void drop(Datagram datagram, int backend, DropReason reason) {
        tracer.dropped(Side.BACKEND, datagram, backend, 0, reason);
        ledger.dropped(Side.BACKEND, reason, datagram.count());
        datagram.release();
    }
}
