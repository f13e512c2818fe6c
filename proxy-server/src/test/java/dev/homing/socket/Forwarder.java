package dev.homing.socket;

import dev.homing.admission.Admission;
import dev.homing.admission.Buckets;
import dev.homing.cid.UndecodedIds;
import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.DatagramSink;
import dev.homing.datagram.FlowHash;
import dev.homing.handoff.Handoff;
import dev.homing.handoff.ShardDoor;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Books;
import dev.homing.ledger.Ledger;
import dev.homing.linux.PageMemory;
import dev.homing.linux.SocketBuffers;
import dev.homing.linux.UdpSocket;
import dev.homing.relay.ForwardPath;
import dev.homing.relay.Intake;
import dev.homing.relay.ReturnPath;
import dev.homing.route.Backend;
import dev.homing.route.BackendState;
import dev.homing.route.Balance;
import dev.homing.route.ConnectionIdLengths;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.Router;
import dev.homing.route.RoutingFeed;
import dev.homing.route.RoutingTable;
import dev.homing.session.ConnectionTable;
import dev.homing.session.FormerClients;
import dev.homing.session.SessionLimits;
import dev.homing.session.SessionTable;
import dev.homing.session.SourceAddresses;
import dev.homing.session.TurnClock;
import dev.homing.shard.Expiry;
import dev.homing.shard.Shard;
import dev.homing.trace.Tracer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// A whole data plane in the test's own process: the loops of this room around the real core, with
/// one pool.
final class Forwarder implements AutoCloseable {

    private static final SocketBuffers BUFFERS = new SocketBuffers(4 << 20, 4 << 20);
    private static final SipHash HASH = new SipHash(1, 2);
    private static final int BACKENDS = 64;

    private final int receivers;
    private final int shards;
    private final int queueCapacity;
    private final SourceAddresses sources;
    private final BackendPortOptions portOptions;

    private final PageMemory memory = new PageMemory();
    private final TurnClock clock = new TurnClock(System.nanoTime());
    private final RoutingFeed routing;
    private final ConnectionTable connections = new ConnectionTable(memory, 4096, HASH, 60, 60);
    private final FormerClients formerClients = new FormerClients(memory, HASH);
    private final Admission admission = new Admission(new Buckets(memory, BACKENDS, HASH, 0));
    private final List<List<UdpSocket>> listening = new ArrayList<>();
    private final List<ReceiverLoop> receiverLoops = new ArrayList<>();
    private final List<ShardLoop> shardLoops = new ArrayList<>();
    private final List<Handoff> handoffs = new ArrayList<>();
    private final List<DatagramPool> pools = new ArrayList<>();
    private final List<Ledger> ledgers = new ArrayList<>();
    private final Books books;

    /// @param receivers 0 for shards that receive for themselves
    Forwarder(
            int receivers,
            int shards,
            int queueCapacity,
            int maxPorts,
            SourceAddresses sources,
            List<InetSocketAddress> listen,
            List<InetSocketAddress> backends) {
        this.receivers = receivers;
        this.shards = shards;
        this.queueCapacity = queueCapacity;
        this.sources = sources;
        portOptions =
                new BackendPortOptions(maxPorts, sources.areChosen(), false, true, BUFFERS, 0);
        routing = new RoutingFeed(table(listen.size(), backends));
        int threads = receivers == 0 ? shards : receivers;
        for (InetSocketAddress address : listen) {
            List<UdpSocket> sockets = UdpSocket.listen(address, threads, BUFFERS);
            sockets.forEach(UdpSocket::joinTrains);
            listening.add(sockets);
        }
        if (receivers == 0) {
            startSelfReceiving();
        } else {
            startWithReceivers();
        }
        books = new Books(ledgers, () -> handoffs.stream().mapToLong(Handoff::depth).sum());
    }

    private static RoutingTable table(int listeners, List<InetSocketAddress> addresses) {
        List<Backend> backends = new ArrayList<>();
        List<PoolMember> members = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            Backend backend = Backend.of(backends.size(), "b" + backends.size(), address);
            backends.add(backend);
            members.add(new PoolMember(backend, 1, BackendState.ACTIVE));
        }
        Pool pool =
                new Pool(
                        0,
                        "pool",
                        Balance.CONNECTION_ID,
                        Pool.LENGTH_LEARNED,
                        new ConnectionIdLengths(),
                        members);
        return new RoutingTable(1, true, List.of(pool), new int[listeners], backends);
    }

    private void startWithReceivers() {
        int slots = ReceiverLoop.slotCount(shards, queueCapacity);
        Handoff[][] byReceiver = new Handoff[receivers][shards];
        for (Handoff[] row : byReceiver) {
            for (int shard = 0; shard < shards; shard++) {
                row[shard] = handoff(slots);
            }
        }
        for (int shard = 0; shard < shards; shard++) {
            Handoff[] incoming = new Handoff[receivers];
            for (int receiver = 0; receiver < receivers; receiver++) {
                incoming[receiver] = byReceiver[receiver][shard];
            }
            Ledger ledger = ledger();
            ShardLoop loop =
                    new ShardLoop(
                            shard,
                            pool(ShardLoop.slotCount(0, 0)),
                            new Handoff[0],
                            routing,
                            ledger,
                            Tracer.off(),
                            portOptions);
            startShard(loop, shard, incoming, ledger);
        }
        for (int receiver = 0; receiver < receivers; receiver++) {
            Ledger ledger = ledger();
            DatagramPool pool = pool(slots);
            Intake intake = intake(byReceiver[receiver], pool, ledger);
            ReceiverLoop loop =
                    new ReceiverLoop(
                            receiver, pool, byReceiver[receiver], intake, ledger, Tracer.off());
            receiverLoops.add(loop);
            for (int listener = 0; listener < listening.size(); listener++) {
                loop.listen(listening.get(listener).get(receiver), listener);
            }
        }
    }

    private void startSelfReceiving() {
        int slots = ShardLoop.slotCount(shards - 1, queueCapacity);
        Handoff[][] fromTo = new Handoff[shards][shards];
        for (int from = 0; from < shards; from++) {
            for (int to = 0; to < shards; to++) {
                if (from != to) {
                    fromTo[from][to] = handoff(slots);
                }
            }
        }
        Intake[] intakes = new Intake[shards];
        for (int shard = 0; shard < shards; shard++) {
            List<Handoff> incoming = new ArrayList<>();
            List<Handoff> lent = new ArrayList<>();
            for (int other = 0; other < shards; other++) {
                if (other != shard) {
                    incoming.add(fromTo[other][shard]);
                    lent.add(fromTo[shard][other]);
                }
            }
            Ledger ledger = ledger();
            DatagramPool pool = pool(slots);
            ShardLoop loop =
                    new ShardLoop(
                            shard,
                            pool,
                            lent.toArray(Handoff[]::new),
                            routing,
                            ledger,
                            Tracer.off(),
                            portOptions);
            ForwardPath path = startShard(loop, shard, incoming.toArray(Handoff[]::new), ledger);
            ShardDoor[] doors = new ShardDoor[shards];
            for (int other = 0; other < shards; other++) {
                doors[other] = other == shard ? path : fromTo[shard][other];
            }
            intakes[shard] = intake(doors, pool, ledger);
        }
        for (int shard = 0; shard < shards; shard++) {
            for (int listener = 0; listener < listening.size(); listener++) {
                shardLoops
                        .get(shard)
                        .listen(listening.get(listener).get(shard), listener, intakes[shard]);
            }
        }
    }

    private ForwardPath startShard(ShardLoop loop, int index, Handoff[] incoming, Ledger ledger) {
        shardLoops.add(loop);
        SessionTable sessions =
                new SessionTable(
                        memory,
                        new SessionLimits(4096, 2048, 120, 10, 4),
                        loop.backendPorts(),
                        sources,
                        SourceAddresses.ANY,
                        HASH,
                        ledger);
        DatagramSink[] clients = new DatagramSink[listening.size()];
        for (int listener = 0; listener < clients.length; listener++) {
            List<UdpSocket> sockets = listening.get(listener);
            clients[listener] = loop.clientPort(sockets.get(index % sockets.size()));
        }
        ForwardPath forward =
                new ForwardPath(
                        routing,
                        clock,
                        sessions,
                        connections,
                        formerClients,
                        admission,
                        loop.backendPorts(),
                        ledger,
                        Tracer.off());
        ReturnPath back =
                new ReturnPath(
                        routing, clock, sessions, connections, clients, ledger, Tracer.off());
        Expiry expiry = new Expiry(sessions, connections, ledger, index, shards);
        for (Handoff handoff : incoming) {
            handoff.onSignal(loop.wakeUp());
        }
        loop.start(
                new Shard(
                        clock,
                        incoming,
                        forward,
                        back,
                        expiry,
                        loop.outbox(),
                        ledger,
                        Tracer.off()));
        return forward;
    }

    private Intake intake(ShardDoor[] doors, DatagramPool slots, Ledger ledger) {
        Router router = new Router(connections, HASH, new UndecodedIds(listening.size()));
        return new Intake(
                routing, clock, new FlowHash(HASH), router, doors, slots, ledger, Tracer.off());
    }

    private Handoff handoff(int slots) {
        Handoff handoff = new Handoff(queueCapacity, slots);
        handoffs.add(handoff);
        return handoff;
    }

    private Ledger ledger() {
        Ledger ledger = new Ledger(BACKENDS);
        ledgers.add(ledger);
        return ledger;
    }

    private DatagramPool pool(int slots) {
        DatagramPool pool = new DatagramPool(memory, slots);
        pools.add(pool);
        return pool;
    }

    Books books() {
        return books;
    }

    int port(int listener) {
        return listening.get(listener).getFirst().port();
    }

    ShardLoop shardLoop(int index) {
        return shardLoops.get(index);
    }

    /// Of the kernel, for want of room in a listening socket's buffer.
    long listenerDrops() {
        return listening.stream().flatMap(List::stream).mapToLong(UdpSocket::receiveDrops).sum();
    }

    @Override
    public void close() {
        receiverLoops.forEach(ReceiverLoop::stop);
        shardLoops.forEach(ShardLoop::stopListening);
        shardLoops.forEach(ShardLoop::stop);
        listening.forEach(sockets -> sockets.forEach(UdpSocket::close));
    }
}
