package dev.homing;

import dev.homing.cid.UndecodedIds;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.Cidr;
import dev.homing.control.routing.SourceBlocks;
import dev.homing.datagram.Address;
import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.DatagramSink;
import dev.homing.datagram.FlowHash;
import dev.homing.handoff.Handoff;
import dev.homing.handoff.ShardDoor;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Books;
import dev.homing.ledger.Ledger;
import dev.homing.linux.BrokenMachine;
import dev.homing.linux.PageMemory;
import dev.homing.linux.SocketBuffers;
import dev.homing.linux.TableMemory;
import dev.homing.linux.UdpSocket;
import dev.homing.observe.trace.TracedThread;
import dev.homing.relay.ForwardPath;
import dev.homing.relay.Intake;
import dev.homing.relay.ReturnPath;
import dev.homing.route.Router;
import dev.homing.route.RoutingFeed;
import dev.homing.session.ConnectionTable;
import dev.homing.session.FormerClients;
import dev.homing.session.SessionLimits;
import dev.homing.session.SessionTable;
import dev.homing.session.SourceAddresses;
import dev.homing.session.TurnClock;
import dev.homing.shard.Expiry;
import dev.homing.shard.Shard;
import dev.homing.socket.BackendPortOptions;
import dev.homing.socket.ReceiverLoop;
import dev.homing.socket.ShardLoop;
import dev.homing.trace.TraceFeed;
import dev.homing.trace.Tracer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Receivers, queues and shards, wired as `threads.receivers` says:
///
/// ```
/// receivers: 2   recv-0 ─┬─► shard-0          receivers: 0   shard-0 (receives) ◄──┐ queues for the flows
///                        ╳                                                         │ of the other
///                recv-1 ─┴─► shard-1                         shard-1 (receives) ◄──┘
/// ```
///
/// Made, and stopped, by one thread.
final class DataPlane implements AutoCloseable {

    private static final SocketBuffers NO_BUFFERS = new SocketBuffers(0, 0);

    private final Configuration configuration;
    private final Threads threads;
    private final RoutingFeed routing;
    private final TurnClock clock = new TurnClock(System.nanoTime());
    private final boolean joinsTrains;
    private final PageMemory memory = new PageMemory();
    private final TableMemory tables = new TableMemory();
    private final SipHash tableHash;
    private final SipHash balanceHash;
    private final ConnectionTable connections;
    private final FormerClients formerClients;

    /// By listener, then by receiving thread.
    private final List<List<UdpSocket>> listening = new ArrayList<>();

    private final Roster roster;
    private final List<ShardLoop> shards = new ArrayList<>();
    private final List<ForwardPath> forwardPaths = new ArrayList<>();
    private final List<ReceiverLoop> receivers = new ArrayList<>();

    private DataPlane(
            Configuration configuration,
            Threads threads,
            RoutingFeed routing,
            SipHash tableHash,
            SipHash balanceHash) {
        this.configuration = configuration;
        this.threads = threads;
        this.routing = routing;
        this.tableHash = tableHash;
        this.balanceHash = balanceHash;
        roster = new Roster(configuration.listeners().size());
        joinsTrains = configuration.sockets().trains() && UdpSocket.knowsTrains();
        connections =
                new ConnectionTable(
                        tables,
                        configuration.connectionIds().max(),
                        tableHash,
                        (int) configuration.sessions().idleTimeout().toSeconds(),
                        (int) configuration.sessions().halfOpenTimeout().toSeconds());
        formerClients = new FormerClients(memory, tableHash);
    }

    /// Opens all sockets and starts all threads, or none.
    ///
    /// @param tableHash for everything local, with a key that nobody else has
    /// @param balanceHash for first choices, with the same key in all instances that shall choose
    ///   alike
    static DataPlane start(
            Configuration configuration,
            Threads threads,
            RoutingFeed routing,
            SipHash tableHash,
            SipHash balanceHash) {
        DataPlane plane = new DataPlane(configuration, threads, routing, tableHash, balanceHash);
        try {
            plane.openListeningSockets();
            plane.checkSourceAddresses();
            if (threads.receivers() == 0) {
                plane.startShardsThatReceive();
            } else {
                plane.startShardsAndReceivers();
            }
            plane.pin();
            plane.shards.getFirst().onTick(new TablePages(plane.tables, plane.roster.ledgers()));
            return plane;
        } catch (RuntimeException e) {
            plane.close();
            throw e;
        }
    }

    private void pin() {
        List<Integer> cpus = configuration.threads().cpus();
        if (cpus.isEmpty()) {
            return;
        }
        for (int i = 0; i < receivers.size(); i++) {
            receivers.get(i).pin(cpus.get(i));
        }
        for (int i = 0; i < shards.size(); i++) {
            shards.get(i).pin(cpus.get(receivers.size() + i));
        }
    }

    private void openListeningSockets() {
        SocketBuffers buffers = buffers();
        for (Configuration.Listener listener : configuration.listeners()) {
            List<UdpSocket> sockets =
                    UdpSocket.listen(listener.address(), threads.listening(), buffers);
            listening.add(sockets);
            if (joinsTrains) {
                sockets.forEach(UdpSocket::joinTrains);
            }
            if (busyPollMicroseconds() > 0) {
                sockets.forEach(socket -> socket.pollBusily(busyPollMicroseconds()));
            }
        }
    }

    /// Better one sentence at start than a drop for each datagram later.
    private void checkSourceAddresses() {
        for (Cidr block : configuration.sockets().sourceAddresses()) {
            Address first = new Address();
            SourceBlocks.of(block).read(0, first);
            try {
                UdpSocket.listen(new InetSocketAddress(first.toInetAddress(), 0), 1, NO_BUFFERS)
                        .forEach(UdpSocket::close);
            } catch (BrokenMachine e) {
                throw new BrokenMachine(
                        "sockets.source-addresses: %s is not routed to this machine: ip route add local %s dev lo"
                                .formatted(block, block),
                        e);
            }
        }
    }

    private void startShardsAndReceivers() {
        int capacity = configuration.queues().capacity();
        int slots = ReceiverLoop.slotCount(threads.shards(), capacity);
        Handoff[][] byReceiver = new Handoff[threads.receivers()][threads.shards()];
        for (int receiver = 0; receiver < threads.receivers(); receiver++) {
            for (int shard = 0; shard < threads.shards(); shard++) {
                byReceiver[receiver][shard] =
                        roster.handoff(
                                Roster.receiver(receiver), Roster.shard(shard), capacity, slots);
            }
        }
        for (int shard = 0; shard < threads.shards(); shard++) {
            List<Handoff> toShard = new ArrayList<>();
            for (Handoff[] ofReceiver : byReceiver) {
                toShard.add(ofReceiver[shard]);
            }
            DatagramPool pool = new DatagramPool(memory, ShardLoop.slotCount(0, capacity));
            String name = Roster.shard(shard);
            startShard(
                    shard,
                    pool,
                    List.of(),
                    toShard,
                    roster.ledger(name),
                    roster.tracer(name, memory));
        }
        for (int receiver = 0; receiver < threads.receivers(); receiver++) {
            Ledger ledger = roster.ledger(Roster.receiver(receiver));
            Tracer tracer = roster.tracer(Roster.receiver(receiver), memory);
            DatagramPool pool = new DatagramPool(memory, slots);
            ReceiverLoop loop =
                    new ReceiverLoop(
                            receiver,
                            pool,
                            byReceiver[receiver],
                            intake(
                                    Roster.receiver(receiver),
                                    byReceiver[receiver],
                                    pool,
                                    ledger,
                                    tracer),
                            ledger,
                            tracer);
            receivers.add(loop);
            for (int listener = 0; listener < listening.size(); listener++) {
                loop.listen(listening.get(listener).get(receiver), listener);
            }
        }
    }

    private void startShardsThatReceive() {
        int count = threads.shards();
        int capacity = configuration.queues().capacity();
        int slots = ShardLoop.slotCount(count - 1, capacity);
        ShardDoor[][] doors = new ShardDoor[count][count];
        List<List<Handoff>> from = new ArrayList<>();
        List<List<Handoff>> to = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            from.add(new ArrayList<>());
            to.add(new ArrayList<>());
        }
        for (int source = 0; source < count; source++) {
            for (int shard = 0; shard < count; shard++) {
                if (source != shard) {
                    Handoff handoff =
                            roster.handoff(
                                    Roster.shard(source), Roster.shard(shard), capacity, slots);
                    doors[source][shard] = handoff;
                    from.get(source).add(handoff);
                    to.get(shard).add(handoff);
                }
            }
        }
        List<Ledger> ofShard = new ArrayList<>();
        List<Tracer> tracers = new ArrayList<>();
        List<DatagramPool> pools = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            ofShard.add(roster.ledger(Roster.shard(shard)));
            tracers.add(roster.tracer(Roster.shard(shard), memory));
            pools.add(new DatagramPool(memory, slots));
            startShard(
                    shard,
                    pools.get(shard),
                    from.get(shard),
                    to.get(shard),
                    ofShard.get(shard),
                    tracers.get(shard));
            doors[shard][shard] = forwardPaths.get(shard);
        }
        for (int shard = 0; shard < count; shard++) {
            for (int listener = 0; listener < listening.size(); listener++) {
                shards.get(shard)
                        .listen(
                                listening.get(listener).get(shard),
                                listener,
                                intake(
                                        Roster.shard(shard),
                                        doors[shard],
                                        pools.get(shard),
                                        ofShard.get(shard),
                                        tracers.get(shard)));
            }
        }
    }

    private void startShard(
            int index,
            DatagramPool pool,
            List<Handoff> lent,
            List<Handoff> incoming,
            Ledger ledger,
            Tracer tracer) {
        List<Cidr> blocks = configuration.sockets().sourceAddresses();
        SourceAddresses ipv4 = SourceBlocks.ipv4(blocks);
        SourceAddresses ipv6 = SourceBlocks.ipv6(blocks);
        ShardLoop loop =
                new ShardLoop(
                        index,
                        pool,
                        lent.toArray(new Handoff[0]),
                        ledger,
                        tracer,
                        new BackendPortOptions(
                                threads.backendPortsPerShard(),
                                ipv4.areChosen(),
                                ipv6.areChosen(),
                                joinsTrains,
                                buffers(),
                                busyPollMicroseconds()));
        shards.add(loop);
        SessionTable sessions =
                new SessionTable(
                        tables, limits(), loop.backendPorts(), ipv4, ipv6, tableHash, ledger);
        ForwardPath forwardPath =
                new ForwardPath(
                        routing,
                        clock,
                        sessions,
                        connections,
                        formerClients,
                        loop.backendPorts(),
                        ledger,
                        tracer);
        forwardPaths.add(forwardPath);
        ReturnPath returnPath =
                new ReturnPath(
                        routing,
                        clock,
                        sessions,
                        connections,
                        clientPorts(loop, index),
                        ledger,
                        tracer);
        incoming.forEach(handoff -> handoff.onSignal(loop.wakeUp()));
        loop.start(
                new Shard(
                        clock,
                        incoming.toArray(new Handoff[0]),
                        forwardPath,
                        returnPath,
                        new Expiry(sessions, connections, ledger, index, threads.shards()),
                        loop.outbox(),
                        ledger,
                        tracer));
    }

    /// A shard answers clients through the listening sockets of its own thread, or of a receiver
    /// that it shares with as few other shards as possible.
    private DatagramSink[] clientPorts(ShardLoop loop, int shard) {
        return listening.stream()
                .map(sockets -> loop.clientPort(sockets.get(shard % sockets.size())))
                .toArray(DatagramSink[]::new);
    }

    private SessionLimits limits() {
        Configuration.Sessions sessions = configuration.sessions();
        return new SessionLimits(
                threads.share(sessions.max()),
                threads.share(sessions.halfOpenMax()),
                (int) sessions.idleTimeout().toSeconds(),
                (int) sessions.halfOpenTimeout().toSeconds(),
                sessions.aliasesMax());
    }

    private SocketBuffers buffers() {
        return new SocketBuffers(
                configuration.sockets().receiveBufferBytes(),
                configuration.sockets().sendBufferBytes());
    }

    private int busyPollMicroseconds() {
        return (int) TimeUnit.NANOSECONDS.toMicros(configuration.sockets().busyPoll().toNanos());
    }

    private Intake intake(
            String thread, ShardDoor[] doors, DatagramPool slots, Ledger ledger, Tracer tracer) {
        Router router = new Router(connections, balanceHash, roster.undecoded(thread));
        return new Intake(
                routing, clock, new FlowHash(tableHash), router, doors, slots, ledger, tracer);
    }

    List<List<UdpSocket>> listening() {
        return List.copyOf(listening);
    }

    /// Of all threads that receive.
    List<UndecodedIds> undecoded() {
        return roster.undecoded();
    }

    List<Roster.Queue> queues() {
        return roster.queues();
    }

    /// The receivers, then the shards.
    List<Roster.Worker> workers() {
        List<Roster.Worker> workers = new ArrayList<>();
        for (int i = 0; i < receivers.size(); i++) {
            workers.add(roster.worker(Roster.receiver(i), receivers.get(i).cpu()));
        }
        for (int i = 0; i < shards.size(); i++) {
            workers.add(roster.worker(Roster.shard(i), shards.get(i).cpu()));
        }
        return workers;
    }

    /// By their index.
    List<ShardLoop> shards() {
        return List.copyOf(shards);
    }

    TraceFeed traceFeed() {
        return roster.traceFeed();
    }

    List<TracedThread> tracedThreads() {
        return roster.tracedThreads();
    }

    int backendPorts() {
        return shards.stream().mapToInt(ShardLoop::backendPortCount).sum();
    }

    Books books() {
        return roster.books();
    }

    /// Stops in the direction of the datagrams, so that what has been received is still sent.
    @Override
    public void close() {
        receivers.forEach(ReceiverLoop::stop);
        shards.forEach(ShardLoop::stopListening);
        shards.forEach(ShardLoop::stop);
        listening.forEach(sockets -> sockets.forEach(UdpSocket::close));
    }
}
