package dev.homing.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.homing.admission.AdmissionRules;
import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.kit.Backends;
import dev.homing.kit.Cid;
import dev.homing.kit.Machine;
import dev.homing.kit.MachineOptions;
import dev.homing.kit.Packets;
import dev.homing.kit.Rules;
import dev.homing.kit.Seeded;
import dev.homing.kit.Slots;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import dev.homing.route.Backend;
import dev.homing.route.Balance;
import dev.homing.route.ConnectionIdLengths;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.RoutingTable;
import dev.homing.session.SessionLimits;
import dev.homing.trace.Selection;
import dev.homing.trace.TraceRing;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The core allocates nothing, whatever it is given. Both thread shapes run on the test's thread.
class AllocationTest {

    private static final int WARM_UP_ROUNDS = 300;
    private static final int ROUNDS = 50;
    private static final int ATTEMPTS = 8;
    private static final int CLIENTS = 40;
    private static final int STRANGERS_PER_ROUND = 100;
    private static final int CID_BYTES = 8;
    private static final long TURN_NS = 100_000;
    private static final Cid CLIENTS_ID = Cid.of("c0c1c2c3");
    private static final byte[] REST = new byte[1200];

    /// More than there are strangers in a second.
    private static final AdmissionRules EVERY_RULE =
            Rules.strict(100_000, 100_000, 100_000, 100_000);

    private static final byte[] NOTHING = new byte[0];

    @RegisterExtension final Seeded seeded = new Seeded();

    /// The world outside, which allocates nothing either: it remembers where the last datagram
    /// left, so that it can be answered.
    private static final class Outside implements Machine.Outside {
        final Address backend = new Address();
        final Address source = new Address();
        int shard;
        int port;
        int forwarded;
        int returned;

        @Override
        public void toBackend(int fromShard, int fromPort, Datagram datagram) {
            shard = fromShard;
            port = fromPort;
            backend.set(datagram.peer());
            source.set(datagram.local());
            forwarded++;
        }

        @Override
        public void toClient(int listener, Datagram datagram) {
            returned++;
        }
    }

    private final Outside outside = new Outside();

    private Machine machine(int receivers, SessionLimits limits) {
        List<PoolMember> members = Backends.members(5);
        Pool pool =
                new Pool(
                        0,
                        "pool",
                        Balance.CONNECTION_ID,
                        Pool.LENGTH_LEARNED,
                        new ConnectionIdLengths(),
                        members);
        List<Backend> backends = members.stream().map(PoolMember::backend).toList();
        return new Machine(
                new MachineOptions().receivers(receivers).limits(limits).portBudget(60),
                new RoutingTable(1, true, EVERY_RULE, List.of(pool), new int[1], backends),
                seeded.random(),
                outside);
    }

    /// What one client and its server send to each other, made before it counts.
    private final class Conversation {
        final int client;
        final Cid server = random();
        final byte[] first = Packets.initial(random(), CLIENTS_ID, REST);
        final byte[] firstAnswer = Packets.initial(CLIENTS_ID, server, REST);
        final byte[] handshake = Packets.handshake(server, CLIENTS_ID, REST);
        final byte[] known = Packets.shortHeader(server, REST);
        final byte[] unknown = Packets.shortHeader(random(), REST);
        final byte[] answer = Packets.shortHeader(CLIENTS_ID, REST);

        Conversation(int client) {
            this.client = client;
        }

        void run(Machine machine) {
            send(machine, client, first);
            answer(machine, firstAnswer);
            send(machine, client, handshake);
            answer(machine, answer);
            send(machine, client, known);
            answer(machine, answer);
            send(machine, client, unknown);
            answer(machine, answer);
            send(machine, client, NOTHING);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aDatagramOfAKnownClientAllocatesNothing(int receivers) {
        Machine machine = machine(receivers, new SessionLimits(100, 50, 120, 10, 0));
        Conversation[] conversations = new Conversation[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            conversations[i] = new Conversation(i);
        }

        int rounds =
                assertAllocatesNothing(() -> {
                    for (Conversation conversation : conversations) {
                        conversation.run(machine);
                    }
                });

        long each = (long) rounds * CLIENTS;
        assertEquals(4 * each, outside.forwarded);
        assertEquals(4 * each, outside.returned);
        assertEquals(each, machine.books().dropped(Side.CLIENT, DropReason.EMPTY));
        assertEquals(2 * each, machine.books().routed(RouteMethod.LEARNED));
        assertEquals(2 * each, machine.books().routed(RouteMethod.FLOW) + CLIENTS);
        assertEquals(0, machine.slotsAway());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "2, 1", "0, 3", "2, 3"})
    void aTracedDatagramAllocatesNothing(int receivers, int oneIn) {
        Machine machine = machine(receivers, new SessionLimits(100, 50, 120, 10, 0));
        Conversation[] conversations = new Conversation[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            conversations[i] = new Conversation(i);
        }
        machine.traceFeed()
                .publish(new Selection(1, oneIn, 0, new byte[0], Set.of(DropReason.EMPTY), 2, 128));
        TraceRing[] rings = machine.traceRings().toArray(new TraceRing[0]);

        assertAllocatesNothing(() -> {
            for (Conversation conversation : conversations) {
                conversation.run(machine);
            }
            for (TraceRing ring : rings) {
                ring.clear();
            }
        });

        long written = machine.traceRings().stream().mapToLong(TraceRing::written).sum();
        assertTrue(written > WARM_UP_ROUNDS, "hardly anything was recorded");
        assertEquals(0, machine.slotsAway());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aDatagramOfANewClientAllocatesNothing(int receivers) {
        Machine machine = machine(receivers, new SessionLimits(100, 20, 120, 10, 0));
        ByteBuffer first = ByteBuffer.wrap(Packets.initial(random(), CLIENTS_ID, REST));
        ByteBuffer answer = ByteBuffer.wrap(Packets.initial(CLIENTS_ID, random(), REST));
        int dcid = 6;
        int scid = 7 + CLIENTS_ID.length();

        int rounds =
                assertAllocatesNothing(() -> {
                    for (int i = 0; i < STRANGERS_PER_ROUND; i++) {
                        int stranger = outside.forwarded;
                        send(machine, stranger, first.putInt(dcid, stranger).array());
                        answer(machine, answer.putInt(scid, stranger).array());
                    }
                });

        int strangers = rounds * STRANGERS_PER_ROUND;
        assertEquals(strangers, outside.returned);
        assertEquals(strangers, machine.books().happened(Event.SESSION_OPENED));
        assertTrue(machine.books().happened(Event.SESSION_EVICTED) > strangers / 2);
        assertEquals(strangers, machine.books().happened(Event.CONNECTION_ID_LEARNED));
        assertEquals(0, machine.slotsAway());
    }

    /// The virtual machine itself may allocate while it compiles, so the least of several attempts
    /// counts.
    ///
    /// @return how many rounds there were
    private static int assertAllocatesNothing(Runnable round) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            round.run();
        }
        long least = Long.MAX_VALUE;
        int attempts = 0;
        while (attempts < ATTEMPTS && least > 0) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            attempts++;
        }
        assertEquals(0, least, "octets allocated in " + ROUNDS + " rounds");
        return WARM_UP_ROUNDS + attempts * ROUNDS;
    }

    private static void send(Machine machine, int client, byte[] payload) {
        int receiver = client % machine.receivingThreads();
        assertTrue(machine.canReceive(receiver, 1));
        Datagram datagram = machine.slot(receiver);
        Slots.fill(datagram, payload);
        datagram.peer().setIpv4(0x0b000000 + client, 5000);
        datagram.local().setIpv4(0x0afe0001, 443);
        datagram.setListener(0);
        machine.fromClient(receiver, datagram);
        machine.endOfBatch(receiver);
        turn(machine);
    }

    /// The backend answers what was forwarded last.
    private void answer(Machine machine, byte[] payload) {
        Datagram datagram = machine.slotOfShard(outside.shard);
        Slots.fill(datagram, payload);
        datagram.peer().set(outside.backend);
        datagram.local().set(outside.source);
        machine.fromBackend(outside.shard, datagram, outside.port);
        turn(machine);
    }

    private static void turn(Machine machine) {
        machine.advance(TURN_NS);
        machine.turnAll();
    }

    private Cid random() {
        return Cid.random(seeded.random(), CID_BYTES);
    }
}
