package dev.homing.kit;

import dev.homing.admission.Admission;
import dev.homing.admission.Buckets;
import dev.homing.cid.Undecodable;
import dev.homing.cid.UndecodedIds;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.FlowHash;
import dev.homing.handoff.Handoff;
import dev.homing.handoff.ShardDoor;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Books;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.relay.ForwardPath;
import dev.homing.relay.Intake;
import dev.homing.relay.ReturnPath;
import dev.homing.route.Router;
import dev.homing.route.RoutingFeed;
import dev.homing.route.RoutingTable;
import dev.homing.session.ConnectionTable;
import dev.homing.session.FormerClients;
import dev.homing.session.SessionTable;
import dev.homing.session.TurnClock;
import dev.homing.shard.Expiry;
import dev.homing.shard.Shard;
import dev.homing.trace.TraceFeed;
import dev.homing.trace.TraceRing;
import dev.homing.trace.Tracer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/// A whole Homing without its sockets and threads: receivers and shards as ProxyServer wires them,
/// turned by hand on the test's thread, with the time that the test says it is.
public final class Machine {

    /// Where datagrams go that leave the machine; may copy, must not keep.
    public interface Outside {
        void toBackend(int shard, int port, Datagram datagram);

        void toClient(int listener, Datagram datagram);
    }

    private static final long START_NS = -12_345L; // the clock's zero is nothing special
    private static final int BACKENDS = 1_000;

    private final int receivers;
    private final MachineOptions options;
    private final Outside outside;
    private final RoutingFeed routing;
    private final TurnClock clock = new TurnClock(START_NS);
    private final CountingMemory memory = new CountingMemory();
    private final SipHash tableHash;
    private final ConnectionTable connections;
    private final FormerClients formerClients;
    private final Admission admission;
    private final List<Ledger> ledgers = new ArrayList<>();
    private final List<UndecodedIds> undecodedIds = new ArrayList<>();
    private final Books books;
    private final TraceFeed traceFeed = new TraceFeed();
    private final List<TraceRing> traceRings = new ArrayList<>(); // of the same threads as ledgers
    private final List<Tracer> tracers = new ArrayList<>();
    private final Intake[] intakes;
    private final DatagramPool[] receiverPools;
    private final DatagramPool[] shardPools;
    private final Handoff[][] handoffs; // by receiving thread, by shard
    private final ForwardPath[] forwardPaths;
    private final Shard[] shards;
    private final BitSet awake = new BitSet(); // shards that have been asked to turn
    private long nowNs = START_NS;

    public Machine(
            MachineOptions options, RoutingTable first, SplittableRandom random, Outside outside) {
        receivers = options.receivers;
        this.options = options;
        this.outside = outside;
        routing = new RoutingFeed(first);
        tableHash = hash(random);
        connections =
                new ConnectionTable(
                        memory,
                        options.connectionIds,
                        tableHash,
                        options.limits.idleTimeoutSeconds(),
                        options.limits.halfOpenTimeoutSeconds());
        formerClients = new FormerClients(memory, tableHash);
        admission = new Admission(new Buckets(memory, BACKENDS, tableHash, START_NS));
        handoffs = new Handoff[receivers == 0 ? options.shards : receivers][options.shards];
        for (Handoff[] row : handoffs) {
            Arrays.setAll(row, this::handoff);
        }
        shardPools = new DatagramPool[options.shards];
        forwardPaths = new ForwardPath[options.shards];
        shards = new Shard[options.shards];
        Arrays.setAll(shards, this::shard);
        receiverPools = new DatagramPool[handoffs.length];
        intakes = new Intake[handoffs.length];
        FlowHash flowHash = new FlowHash(hash(random));
        SipHash balanceHash = hash(random);
        Arrays.setAll(intakes, thread -> intake(thread, flowHash, balanceHash));
        books = new Books(ledgers, this::queued);
    }

    private Handoff handoff(int shard) {
        Handoff handoff = new Handoff(options.queueCapacity, options.slots);
        handoff.onSignal(() -> awake.set(shard));
        return handoff;
    }

    private Shard shard(int index) {
        Ledger ledger = ledger();
        Tracer tracer = tracers.getLast();
        shardPools[index] = new DatagramPool(memory, options.slots);
        FakePorts ports =
                new FakePorts(
                        options.portBudget,
                        ledger,
                        (port, datagram) -> {
                            sent(tracer, Side.CLIENT, datagram);
                            outside.toBackend(index, port, datagram);
                        });
        FakeSink[] clients = new FakeSink[options.listeners];
        Arrays.setAll(
                clients,
                listener ->
                        new FakeSink(
                                ledger,
                                Side.CLIENT,
                                datagram -> {
                                    sent(tracer, Side.BACKEND, datagram);
                                    outside.toClient(listener, datagram);
                                }));
        SessionTable sessions =
                new SessionTable(
                        memory,
                        options.limits,
                        ports,
                        options.ipv4,
                        options.ipv6,
                        tableHash,
                        ledger);
        forwardPaths[index] =
                new ForwardPath(
                        routing,
                        clock,
                        sessions,
                        connections,
                        formerClients,
                        admission,
                        ports,
                        ledger,
                        tracer);
        return new Shard(
                clock,
                handoffsTo(index),
                forwardPaths[index],
                new ReturnPath(routing, clock, sessions, connections, clients, ledger, tracer),
                new Expiry(sessions, connections, ledger, index, options.shards),
                () -> {
                    ports.flush();
                    for (FakeSink client : clients) {
                        client.flush();
                    }
                },
                ledger,
                tracer);
    }

    private Handoff[] handoffsTo(int shard) {
        List<Handoff> to = new ArrayList<>();
        for (int from = 0; from < handoffs.length; from++) {
            if (receivers > 0 || from != shard) {
                to.add(handoffs[from][shard]);
            }
        }
        return to.toArray(new Handoff[0]);
    }

    /// Of a receiver, or of a shard that receives for itself.
    private Intake intake(int thread, FlowHash flowHash, SipHash balanceHash) {
        ShardDoor[] doors = new ShardDoor[shards.length];
        System.arraycopy(handoffs[thread], 0, doors, 0, doors.length);
        if (receivers == 0) {
            doors[thread] = forwardPaths[thread];
            receiverPools[thread] = shardPools[thread];
        } else {
            receiverPools[thread] = new DatagramPool(memory, options.slots);
        }
        Ledger ledger = receivers == 0 ? ledgers.get(thread) : ledger();
        Tracer tracer = receivers == 0 ? tracers.get(thread) : tracers.getLast();
        UndecodedIds undecoded = new UndecodedIds(options.listeners);
        undecodedIds.add(undecoded);
        Router router = new Router(connections, balanceHash, undecoded);
        return new Intake(
                routing, clock, flowHash, router, doors, receiverPools[thread], ledger, tracer);
    }

    private static SipHash hash(SplittableRandom random) {
        return new SipHash(random.nextLong(), random.nextLong());
    }

    private Ledger ledger() {
        Ledger ledger = new Ledger(BACKENDS);
        ledgers.add(ledger);
        TraceRing ring = new TraceRing(memory);
        traceRings.add(ring);
        tracers.add(new Tracer(traceFeed, ring));
        return ledger;
    }

    private void sent(Tracer tracer, Side from, Datagram datagram) {
        if (tracer.wants(datagram)) {
            int length = datagram.lengthBytes();
            tracer.sent(from, datagram, 0, length, datagram.segmentBytes(), nowNs);
        }
    }

    private long queued() {
        long queued = 0;
        for (Handoff[] row : handoffs) {
            for (Handoff handoff : row) {
                queued += handoff.depth();
            }
        }
        return queued;
    }

    // The outside's doors.

    /// How many threads receive from clients.
    public int receivingThreads() {
        return intakes.length;
    }

    public int shards() {
        return shards.length;
    }

    /// Whether a thread has slots to receive into; if not, the kernel would keep the datagram.
    ///
    /// @param slots one for a datagram; for a train that may be cut, one for each of its datagrams
    public boolean canReceive(int receivingThread, int slots) {
        for (Handoff handoff : handoffs[receivingThread]) {
            handoff.reclaim(receiverPools[receivingThread]);
        }
        return receiverPools[receivingThread].available() >= slots;
    }

    /// An empty slot, to be filled and given to [#fromClient]; only if [#canReceive].
    public Datagram slot(int receivingThread) {
        return receiverPools[receivingThread].take();
    }

    public void fromClient(int receivingThread, Datagram datagram) {
        datagram.setReceivedNs(nowNs);
        if (receivers > 0) {
            tracers.get(shards.length + receivingThread).follow();
        }
        intakes[receivingThread].accept(datagram);
        if (receivers == 0) {
            awake.set(receivingThread);
        }
    }

    public void endOfBatch(int receivingThread) {
        intakes[receivingThread].endOfBatch();
    }

    public boolean canReceiveFromBackends(int shard) {
        return receivers > 0 ? shardPools[shard].available() > 0 : canReceive(shard, 1);
    }

    /// An empty slot, to be filled and given to [#fromBackend].
    public Datagram slotOfShard(int shard) {
        return shardPools[shard].take();
    }

    public void fromBackend(int shard, Datagram datagram, int port) {
        datagram.setReceivedNs(nowNs);
        shards[shard].fromBackend(datagram, port);
        awake.set(shard);
    }

    public void turn(int shard) {
        shards[shard].turn(nowNs);
        awake.set(shard, shards[shard].hasMore());
    }

    public void turnAll() {
        for (int shard = 0; shard < shards.length; shard++) {
            turn(shard);
        }
    }

    /// Whether a receiver has woken a shard that has not turned since, or a shard has more to do.
    public boolean isAwake() {
        return !awake.isEmpty();
    }

    /// A turn of each shard that has been woken.
    public void turnAwake() {
        for (int i = awake.nextSetBit(0); i >= 0; i = awake.nextSetBit(i + 1)) {
            turn(i);
        }
    }

    public void advance(long ns) {
        nowNs += ns;
    }

    public void publish(RoutingTable table) {
        routing.publish(table);
    }

    public TraceFeed traceFeed() {
        return traceFeed;
    }

    // What can be seen of it.

    /// One for each thread: those of the shards, then those of the receivers.
    public List<TraceRing> traceRings() {
        return List.copyOf(traceRings);
    }

    public Books books() {
        return books;
    }

    /// Of all receiving threads together.
    public long undecoded(int listener, Undecodable undecodable) {
        return undecodedIds.stream().mapToLong(ids -> ids.count(listener, undecodable)).sum();
    }

    /// The hand-off from a receiving thread to a shard.
    public Handoff handoff(int receivingThread, int shard) {
        return handoffs[receivingThread][shard];
    }

    /// How many slots are not in their pool.
    public int slotsAway() {
        int away = 0;
        for (int i = 0; i < receiverPools.length; i++) {
            for (Handoff handoff : handoffs[i]) {
                handoff.reclaim(receiverPools[i]);
            }
            away += receiverPools[i].capacity() - receiverPools[i].available();
        }
        if (receivers > 0) {
            for (DatagramPool pool : shardPools) {
                away += pool.capacity() - pool.available();
            }
        }
        return away;
    }
}
