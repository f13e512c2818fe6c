package dev.homing.kit;

import dev.homing.admission.AdmissionRules;
import dev.homing.cid.CidScheme;
import dev.homing.cid.Undecodable;
import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.handoff.Handoff;
import dev.homing.ledger.Books;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.route.Backend;
import dev.homing.route.Balance;
import dev.homing.route.ConnectionIdLengths;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.RoutingTable;
import dev.homing.trace.Selection;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/// A [Machine] to which a test gives one datagram after the other, to see where each comes out.
public final class Lab implements Machine.Outside {

    private static final long SECOND_NS = 1_000_000_000L;

    private static final Place LISTENER = Place.ipv4(0x0afe0001, 443);

    /// What Homing sent to a backend.
    ///
    /// @param backend its id
    /// @param shard that sent it
    /// @param port backend port that it was sent from, a number of the shard
    /// @param address that it was sent from; port 0
    public record Forwarded(int backend, int shard, int port, Place address, byte[] payload) {

        /// The source tuple.
        public List<Object> source() {
            return List.of(shard, port, address);
        }
    }

    /// What Homing sent to a client.
    public record Returned(Place client, byte[] payload) {}

    private final Balance balance;
    private final int connectionIdLength;
    private final ConnectionIdLengths lengths = new ConnectionIdLengths();
    private final Machine machine;
    private final Queue<Forwarded> forwarded = new ArrayDeque<>();
    private final Queue<Returned> returned = new ArrayDeque<>();
    private List<PoolMember> members;
    private @Nullable CidScheme scheme;
    private AdmissionRules admission = AdmissionRules.ANYTHING;
    private boolean acceptsNewConnections = true;
    private long tableNumber;

    public Lab(
            SplittableRandom random,
            MachineOptions options,
            Balance balance,
            int connectionIdLength,
            List<PoolMember> members) {
        this.balance = balance;
        this.connectionIdLength = connectionIdLength;
        this.members = members;
        machine = new Machine(options, table(), random, this);
    }

    public void publish(List<PoolMember> newMembers) {
        members = newMembers;
        machine.publish(table());
    }

    /// From now on the pool's connection IDs say whose they are.
    public void publish(CidScheme newScheme) {
        scheme = newScheme;
        machine.publish(table());
    }

    /// From now on connections begin by these rules.
    public void publish(AdmissionRules rules) {
        admission = rules;
        machine.publish(table());
    }

    public void acceptNewConnections(boolean accepts) {
        acceptsNewConnections = accepts;
        machine.publish(table());
    }

    private RoutingTable table() {
        Pool pool = new Pool(0, "pool", balance, connectionIdLength, lengths, scheme, members);
        List<Backend> backends = members.stream().map(PoolMember::backend).toList();
        return new RoutingTable(
                ++tableNumber,
                acceptsNewConnections,
                admission,
                List.of(pool),
                new int[1],
                backends);
    }

    public Books books() {
        return machine.books();
    }

    /// From now on records what it selects; nothing waits meanwhile.
    public void trace(Selection selection) {
        machine.traceFeed().publish(selection);
        machine.turnAll();
    }

    /// What has been recorded since the last call.
    public List<Traced> traced() {
        return Traced.read(machine.traceRings());
    }

    public void pass(int seconds) {
        for (int i = 0; i < seconds * 10; i++) {
            machine.advance(SECOND_NS / 10);
            machine.turnAll();
        }
    }

    /// Time goes by, and no shard turns.
    public void sleep(long ns) {
        machine.advance(ns);
    }

    /// Gives a client's datagram to the receiver, and lets no shard turn.
    public void queue(Place client, byte[] payload) {
        queueTrain(client, 0, payload);
    }

    /// @param segmentBytes 0 for a single datagram
    public void queueTrain(Place client, int segmentBytes, byte[] payload) {
        Assertions.assertTrue(machine.canReceive(0, 1), "no slot is left");
        Datagram datagram = machine.slot(0);
        Slots.fillTrain(datagram, segmentBytes, payload);
        client.write(datagram.peer());
        LISTENER.write(datagram.local());
        datagram.setListener(0);
        machine.fromClient(0, datagram);
        machine.endOfBatch(0);
    }

    /// What comes of a client's datagram; null when it was dropped.
    public @Nullable Forwarded tryForward(Place client, byte[] payload) {
        queue(client, payload);
        return nextForwarded();
    }

    /// What comes of a client's datagram, which must not be dropped.
    public Forwarded forward(Place client, byte[] payload) {
        Forwarded result = tryForward(client, payload);
        Assertions.assertNotNull(result, "was dropped");
        Assertions.assertArrayEquals(payload, result.payload());
        return result;
    }

    /// Lets the shards turn until what was queued has left.
    public @Nullable Forwarded nextForwarded() {
        machine.turnAll();
        return forwarded.poll();
    }

    /// What comes of a backend's answer to something that was forwarded; null when it was dropped.
    public @Nullable Returned tryAnswer(Forwarded to, byte[] payload) {
        PoolMember member =
                members.stream()
                        .filter(each -> each.backend().id() == to.backend())
                        .findFirst()
                        .orElseThrow();
        return tryAnswer(to, Place.of(member.backend()), payload);
    }

    /// @param from where the answer comes from, which need not be a backend
    public @Nullable Returned tryAnswer(Forwarded to, Place from, byte[] payload) {
        return tryAnswer(to, from, 0, payload);
    }

    /// @param segmentBytes 0 for a single datagram
    public @Nullable Returned tryAnswer(
            Forwarded to, Place from, int segmentBytes, byte[] payload) {
        Datagram datagram = machine.slotOfShard(to.shard());
        Slots.fillTrain(datagram, segmentBytes, payload);
        from.write(datagram.peer());
        to.address().write(datagram.local());
        machine.fromBackend(to.shard(), datagram, to.port());
        machine.turnAll();
        return returned.poll();
    }

    /// What comes of a backend's answer, which must not be dropped.
    public Returned answer(Forwarded to, byte[] payload) {
        Returned result = tryAnswer(to, payload);
        Assertions.assertNotNull(result, "was dropped");
        Assertions.assertArrayEquals(payload, result.payload());
        return result;
    }

    public long undecoded(Undecodable undecodable) {
        return machine.undecoded(0, undecodable);
    }

    /// From the receiver to a shard.
    public Handoff handoff(int shard) {
        return machine.handoff(0, shard);
    }

    public long dropped(DropReason reason) {
        return books().dropped(Side.CLIENT, reason) + books().dropped(Side.BACKEND, reason);
    }

    public void checkRest() {
        Assertions.assertEquals(0, books().missing(Side.CLIENT));
        Assertions.assertEquals(0, books().missing(Side.BACKEND));
        Assertions.assertEquals(0, machine.slotsAway());
    }

    @Override
    public void toBackend(int shard, int port, Datagram datagram) {
        Assertions.assertNotEquals(0, datagram.receivedNs(), "a copy knows when its train came");
        Address peer = datagram.peer();
        int backend =
                members.stream()
                        .map(PoolMember::backend)
                        .filter(each -> Place.of(each).equals(Place.of(peer)))
                        .findFirst()
                        .orElseThrow()
                        .id();
        forwarded.add(
                new Forwarded(
                        backend, shard, port, Place.of(datagram.local()), Slots.payload(datagram)));
    }

    @Override
    public void toClient(int listener, Datagram datagram) {
        Assertions.assertEquals(
                LISTENER.withPort(0), Place.of(datagram.local()), "not from the listener's");
        returned.add(new Returned(Place.of(datagram.peer()), Slots.payload(datagram)));
    }
}
