package dev.homing;

import dev.homing.cid.UndecodedIds;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.Cidr;
import dev.homing.control.routing.SourceBlocks;
import dev.homing.datagram.Address;
import dev.homing.datagram.DatagramSink;
import dev.homing.handoff.Handoff;
import dev.homing.handoff.ShardDoor;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Books;
import dev.homing.linux.BrokenMachine;
import dev.homing.linux.PageMemory;
import dev.homing.linux.SocketBuffers;
import dev.homing.linux.UdpSocket;
import dev.homing.observe.trace.TracedThread;
import dev.homing.relay.ForwardPath;
import dev.homing.relay.ReturnPath;
import dev.homing.route.RoutingFeed;
import dev.homing.session.SessionTable;
import dev.homing.socket.BackendPortOptions;
import dev.homing.socket.ReceiverLoop;
import dev.homing.socket.ShardLoop;
import dev.homing.trace.TraceFeed;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
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

    private final Threads threads;
    private final RoutingFeed routing;
    private final SocketWishes wishes;
    private final int queueCapacity;
    private final CoreWiring core;
    private final Roster roster;
    private final ListeningSockets listening;
    private final List<RunningReceiver> receivers = new ArrayList<>();
    private final List<RunningShard> shards = new ArrayList<>();

    private record RunningReceiver(Worker worker, ReceiverLoop loop) {}

    /// @param door the way to it from its own thread
    record RunningShard(Worker worker, ShardLoop loop, ShardDoor door) {}

    private DataPlane(
            Configuration configuration,
            Threads threads,
            RoutingFeed routing,
            SocketWishes wishes,
            CoreWiring core,
            Roster roster,
            ListeningSockets listening) {
        this.threads = threads;
        this.routing = routing;
        this.wishes = wishes;
        queueCapacity = configuration.queues().capacity();
        this.core = core;
        this.roster = roster;
        this.listening = listening;
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
        PageMemory memory = new PageMemory();
        SocketWishes wishes = SocketWishes.of(configuration.sockets());
        checkSourceAddresses(configuration.sockets().sourceAddresses());
        DataPlane plane =
                new DataPlane(
                        configuration,
                        threads,
                        routing,
                        wishes,
                        new CoreWiring(
                                configuration, threads, routing, tableHash, balanceHash, memory),
                        new Roster(configuration.listeners().size(), memory),
                        ListeningSockets.open(configuration, threads.listening(), wishes));
        try {
            if (threads.receivers() == 0) {
                plane.startShardsThatReceive();
            } else {
                plane.startShardsAndReceivers();
            }
            plane.pin(configuration.threads().cpus());
            plane.shards
                    .getFirst()
                    .loop()
                    .onTick(new TablePages(plane.core.tables(), plane.roster.ledgers()));
            return plane;
        } catch (RuntimeException e) {
            plane.close();
            throw e;
        }
    }

    /// Better one sentence at start than a drop for each datagram later.
    private static void checkSourceAddresses(List<Cidr> blocks) {
        for (Cidr block : blocks) {
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

    private void pin(List<Integer> cpus) {
        if (cpus.isEmpty()) {
            return;
        }
        for (int i = 0; i < receivers.size(); i++) {
            receivers.get(i).loop().pin(cpus.get(i));
        }
        for (int i = 0; i < shards.size(); i++) {
            shards.get(i).loop().pin(cpus.get(receivers.size() + i));
        }
    }

    private void startShardsAndReceivers() {
        List<Worker> receiving = new ArrayList<>();
        for (int i = 0; i < threads.receivers(); i++) {
            receiving.add(
                    roster.receiver(i, ReceiverLoop.slotCount(threads.shards(), queueCapacity)));
        }
        List<Worker> forwarding = new ArrayList<>();
        for (int i = 0; i < threads.shards(); i++) {
            forwarding.add(roster.shard(i, ShardLoop.slotCount(0, queueCapacity)));
        }
        Handoff[][] handoffs = handoffs(receiving, forwarding);
        for (int i = 0; i < threads.shards(); i++) {
            startShard(i, forwarding.get(i), List.of(), column(handoffs, i));
        }
        for (int i = 0; i < threads.receivers(); i++) {
            startReceiver(i, receiving.get(i), handoffs[i]);
        }
    }

    private void startShardsThatReceive() {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads.shards(); i++) {
            workers.add(roster.shard(i, ShardLoop.slotCount(threads.shards() - 1, queueCapacity)));
        }
        Handoff[][] handoffs = handoffs(workers, workers);
        for (int i = 0; i < threads.shards(); i++) {
            startShard(i, workers.get(i), row(handoffs, i), column(handoffs, i));
        }
        // Not before all of them turn: each hands over to all others.
        for (int i = 0; i < threads.shards(); i++) {
            ShardDoor[] doors = new ShardDoor[threads.shards()];
            for (int j = 0; j < doors.length; j++) {
                doors[j] = i == j ? shards.get(i).door() : handoffs[i][j];
            }
            for (int listener = 0; listener < listening.listeners(); listener++) {
                shards.get(i)
                        .loop()
                        .listen(
                                listening.of(listener, i),
                                listener,
                                core.intake(workers.get(i), doors));
            }
        }
    }

    /// By receiver, then by shard; none from a thread to itself.
    private Handoff[][] handoffs(List<Worker> receiving, List<Worker> forwarding) {
        Handoff[][] handoffs = new Handoff[receiving.size()][forwarding.size()];
        for (int i = 0; i < receiving.size(); i++) {
            for (int j = 0; j < forwarding.size(); j++) {
                if (!receiving.get(i).name().equals(forwarding.get(j).name())) {
                    handoffs[i][j] =
                            roster.handoff(receiving.get(i), forwarding.get(j), queueCapacity);
                }
            }
        }
        return handoffs;
    }

    private static List<Handoff> row(Handoff[][] handoffs, int receiver) {
        return Arrays.stream(handoffs[receiver]).filter(Objects::nonNull).toList();
    }

    private static List<Handoff> column(Handoff[][] handoffs, int shard) {
        return Arrays.stream(handoffs).map(row -> row[shard]).filter(Objects::nonNull).toList();
    }

    private void startReceiver(int index, Worker worker, Handoff[] handoffs) {
        ReceiverLoop loop =
                new ReceiverLoop(
                        index,
                        worker.slots(),
                        handoffs,
                        core.intake(worker, handoffs),
                        worker.ledger(),
                        worker.tracer());
        receivers.add(new RunningReceiver(worker, loop));
        for (int listener = 0; listener < listening.listeners(); listener++) {
            loop.listen(listening.of(listener, index), listener);
        }
    }

    /// @param lent the hand-offs from it, when it receives for itself
    /// @param incoming the hand-offs to it
    private void startShard(int index, Worker worker, List<Handoff> lent, List<Handoff> incoming) {
        ShardLoop loop =
                new ShardLoop(
                        index,
                        worker.slots(),
                        lent.toArray(new Handoff[0]),
                        routing,
                        worker.ledger(),
                        worker.tracer(),
                        new BackendPortOptions(
                                threads.backendPortsPerShard(),
                                core.choosesIpv4Source(),
                                core.choosesIpv6Source(),
                                wishes.joinsTrains(),
                                wishes.buffers(),
                                wishes.busyPollMicroseconds()));
        SessionTable sessions = core.sessions(worker, loop);
        ForwardPath forwardPath = core.forwardPath(worker, sessions, loop);
        shards.add(new RunningShard(worker, loop, forwardPath));
        DatagramSink[] clients =
                listening.answering(index).stream()
                        .map(loop::clientPort)
                        .toArray(DatagramSink[]::new);
        ReturnPath returnPath = core.returnPath(worker, sessions, clients);
        incoming.forEach(handoff -> handoff.onSignal(loop.wakeUp()));
        loop.start(core.shard(index, worker, incoming, sessions, forwardPath, returnPath, loop));
    }

    /// By listener, then by receiving thread.
    List<List<UdpSocket>> listening() {
        return listening.all();
    }

    /// Of all threads.
    List<UndecodedIds> undecoded() {
        return roster.undecoded();
    }

    List<Roster.Queue> queues() {
        return roster.queues();
    }

    /// The receivers, then the shards.
    List<RunningWorker> workers() {
        List<RunningWorker> workers = new ArrayList<>();
        receivers.forEach(one -> workers.add(new RunningWorker(one.worker(), one.loop().cpu())));
        shards.forEach(one -> workers.add(new RunningWorker(one.worker(), one.loop().cpu())));
        return workers;
    }

    /// By their index.
    List<RunningShard> shards() {
        return List.copyOf(shards);
    }

    TraceFeed traceFeed() {
        return roster.traceFeed();
    }

    List<TracedThread> tracedThreads() {
        return roster.tracedThreads();
    }

    int backendPorts() {
        return shards.stream().mapToInt(shard -> shard.loop().backendPortCount()).sum();
    }

    Books books() {
        return roster.books();
    }

    /// Whether every thread that forwards finds the time to do something else within a time.
    boolean answers(long patienceNs) throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(receivers.size() + shards.size());
        receivers.forEach(receiver -> receiver.loop().execute(answered::countDown));
        shards.forEach(shard -> shard.loop().execute(answered::countDown));
        return answered.await(patienceNs, TimeUnit.NANOSECONDS);
    }

    /// Stops in the direction of the datagrams, so that what has been received is still sent.
    @Override
    public void close() {
        receivers.forEach(receiver -> receiver.loop().stop());
        shards.forEach(shard -> shard.loop().stopListening());
        shards.forEach(shard -> shard.loop().stop());
        listening.close();
    }
}
