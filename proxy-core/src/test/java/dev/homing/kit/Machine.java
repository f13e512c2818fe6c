package dev.homing.kit;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.DatagramSink;
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
import dev.homing.session.SessionTable;
import dev.homing.session.TurnClock;
import dev.homing.shard.Expiry;
import dev.homing.shard.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A whole Homing without its sockets and threads: receivers and shards as ProxyServer wires them,
/// turned by hand on the test's thread, with the time that the test says it is.
public final class Machine {

    /// Where datagrams go that leave the machine; may copy, must not keep.
    public interface Outside {
        void toBackend(int shard, int port, Datagram datagram);

        void toClient(Datagram datagram);
    }

    private static final long START_NS = -12_345L; // the clock's zero is nothing special
    private static final int BACKENDS = 1_000;

    private final int receivers;
    private final int shardCount;
    private final RoutingFeed routing;
    private final TurnClock clock = new TurnClock(START_NS);
    private final ConnectionTable connections;
    private final Books books;
    private final List<Ledger> ledgers = new ArrayList<>();
    private final Intake[] intakes;
    private final DatagramPool[] receiverPools;
    private final DatagramPool[] shardPools;
    private final Handoff[][] handoffs; // by receiving thread, by shard
    private final FakePorts[] ports;
    private final SessionTable[] sessions;
    private final Shard[] shards;
    private long nowNs = START_NS;

    public Machine(
            MachineOptions options, RoutingTable first, SplittableRandom random, Outside outside) {
        receivers = options.receivers;
        shardCount = options.shards;
        routing = new RoutingFeed(first);
        CountingMemory memory = new CountingMemory();
        SipHash tableHash = hash(random);
        connections =
                new ConnectionTable(
                        memory,
                        options.connectionIds,
                        tableHash,
                        options.limits.idleTimeoutSeconds(),
                        options.limits.halfOpenTimeoutSeconds());
        int receivingThreads = receivers == 0 ? shardCount : receivers;
        handoffs = new Handoff[receivingThreads][shardCount];
        for (Handoff[] row : handoffs) {
            for (int shard = 0; shard < shardCount; shard++) {
                row[shard] = new Handoff(options.queueCapacity, options.slots);
            }
        }
        ports = new FakePorts[shardCount];
        sessions = new SessionTable[shardCount];
        shardPools = new DatagramPool[shardCount];
        shards = new Shard[shardCount];
        ForwardPath[] forwardPaths = new ForwardPath[shardCount];
        for (int i = 0; i < shardCount; i++) {
            int shard = i;
            Ledger ledger = ledger();
            shardPools[i] = new DatagramPool(memory, options.slots);
            ports[i] =
                    new FakePorts(
                            options.portBudget,
                            ledger,
                            (port, datagram) -> outside.toBackend(shard, port, datagram));
            sessions[i] =
                    new SessionTable(
                            memory,
                            options.limits,
                            ports[i],
                            options.ipv4,
                            options.ipv6,
                            tableHash,
                            ledger);
            FakeSink toClients = new FakeSink(ledger, Side.CLIENT, outside::toClient);
            DatagramSink[] clients = new DatagramSink[options.listeners];
            java.util.Arrays.fill(clients, toClients);
            forwardPaths[i] =
                    new ForwardPath(routing, clock, sessions[i], connections, ports[i], ledger);
            FakePorts ownPorts = ports[i];
            shards[i] =
                    new Shard(
                            clock,
                            handoffsTo(i),
                            forwardPaths[i],
                            new ReturnPath(
                                    routing, clock, sessions[i], connections, clients, ledger),
                            new Expiry(sessions[i], connections, ledger, i, shardCount),
                            () -> {
                                ownPorts.flush();
                                toClients.flush();
                            });
        }
        FlowHash flowHash = new FlowHash(hash(random));
        SipHash balanceHash = hash(random);
        intakes = new Intake[receivingThreads];
        receiverPools = new DatagramPool[receivingThreads];
        for (int i = 0; i < receivingThreads; i++) {
            ShardDoor[] doors = handoffs[i].clone();
            if (receivers == 0) {
                doors = new ShardDoor[shardCount];
                System.arraycopy(handoffs[i], 0, doors, 0, shardCount);
                doors[i] = forwardPaths[i];
            }
            receiverPools[i] =
                    receivers == 0 ? shardPools[i] : new DatagramPool(memory, options.slots);
            intakes[i] =
                    new Intake(
                            routing,
                            clock,
                            flowHash,
                            new Router(connections, balanceHash),
                            doors,
                            receivers == 0 ? ledgers.get(i) : ledger());
        }
        books = new Books(ledgers, this::queued);
    }

    private static SipHash hash(SplittableRandom random) {
        return new SipHash(random.nextLong(), random.nextLong());
    }

    private Ledger ledger() {
        Ledger ledger = new Ledger(BACKENDS);
        ledgers.add(ledger);
        return ledger;
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
        return shardCount;
    }

    /// Whether a thread has a slot to receive into; if not, the kernel would keep the datagram.
    public boolean canReceive(int receivingThread) {
        for (Handoff handoff : handoffs[receivingThread]) {
            handoff.reclaim(receiverPools[receivingThread]);
        }
        return receiverPools[receivingThread].available() > 0;
    }

    /// An empty slot, to be filled and given to [#fromClient]; only if [#canReceive].
    public Datagram slot(int receivingThread) {
        return receiverPools[receivingThread].take();
    }

    public void fromClient(int receivingThread, Datagram datagram) {
        intakes[receivingThread].accept(datagram);
    }

    public void endOfBatch(int receivingThread) {
        intakes[receivingThread].endOfBatch();
    }

    public boolean canReceiveFromBackends(int shard) {
        return receivers > 0 ? shardPools[shard].available() > 0 : canReceive(shard);
    }

    /// An empty slot, to be filled and given to [#fromBackend].
    public Datagram slotOfShard(int shard) {
        return shardPools[shard].take();
    }

    public void fromBackend(int shard, Datagram datagram, int port) {
        shards[shard].fromBackend(datagram, port);
    }

    public void turn(int shard) {
        shards[shard].turn(nowNs);
    }

    public boolean hasMore(int shard) {
        return shards[shard].hasMore();
    }

    public void advance(long ns) {
        nowNs += ns;
    }

    public long nowNs() {
        return nowNs;
    }

    public void publish(RoutingTable table) {
        routing.publish(table);
    }

    // What can be seen of it.

    public Books books() {
        return books;
    }

    public FakePorts ports(int shard) {
        return ports[shard];
    }

    public SessionTable sessions(int shard) {
        return sessions[shard];
    }

    public ConnectionTable connections() {
        return connections;
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
