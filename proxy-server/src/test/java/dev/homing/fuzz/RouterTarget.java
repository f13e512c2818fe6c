package dev.homing.fuzz;

import dev.homing.admission.Admission;
import dev.homing.admission.Buckets;
import dev.homing.cid.UndecodedIds;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.FlowHash;
import dev.homing.handoff.ShardDoor;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.quic.QuicHeader;
import dev.homing.relay.Intake;
import dev.homing.route.Pool;
import dev.homing.route.Route;
import dev.homing.route.Router;
import dev.homing.route.RoutingFeed;
import dev.homing.route.RoutingTable;
import dev.homing.session.ConnectionTable;
import dev.homing.session.TurnClock;
import dev.homing.trace.Tracer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Any octets as a datagram or a train, through a receiver's whole way: parsed, cut, routed by a
/// table with every scheme and by learned connection IDs, and asked whether they may begin a
/// connection.
///
/// ```
/// | listener | length of a train's segments, 0 for none | payload ...
/// ```
public final class RouterTarget {

    private static final int SLOTS = 2 * Intake.SLOTS;
    private static final SipHash HASH = new SipHash(1, 2);

    private static final RoutingTable TABLE = Fleet.table();
    private static final Ledger LEDGER = new Ledger(2);
    private static final DatagramPool POOL = new DatagramPool(Arena.ofAuto(), SLOTS);
    private static final Admission ADMISSION =
            new Admission(new Buckets(Arena.ofAuto(), 2, HASH, 0));
    private static final Door DOOR = new Door();
    private static final Intake INTAKE = intake();

    private RouterTarget() {}

    private static Intake intake() {
        ConnectionTable learned = new ConnectionTable(Arena.ofAuto(), 64, HASH, 60, 60);
        for (Pool pool : TABLE.pools()) {
            for (int length : new int[] {1, 4, 8, 20}) {
                ConnectionIdWords id = new ConnectionIdWords();
                id.read(MemorySegment.ofArray(new byte[24]), 0, length, pool.index());
                learned.learn(id, pool.members().getFirst().backend().id(), 0, LEDGER);
                pool.lengthsSeen().add(length);
            }
        }
        return new Intake(
                new RoutingFeed(TABLE),
                new TurnClock(0),
                new FlowHash(HASH),
                new Router(learned, HASH, new UndecodedIds(Fleet.LISTENERS)),
                new ShardDoor[] {DOOR, DOOR},
                POOL,
                LEDGER,
                Tracer.off());
    }

    public static void fuzzerTestOneInput(byte[] octets) {
        if (octets.length < 2) {
            return;
        }
        int length = octets.length - 2;
        int segment = Byte.toUnsignedInt(octets[1]);
        Datagram datagram = POOL.take();
        MemorySegment.copy(octets, 2, datagram.bytes(), ValueLayout.JAVA_BYTE, 0, length);
        datagram.setPayload(length, segment < length ? segment : 0, 0);
        datagram.peer().setIpv4(0x0b000001, 1 + octets[0] & 0xff);
        datagram.local().setIpv4(0x7f000001, 0);
        datagram.setListener(Math.floorMod(octets[0], Fleet.LISTENERS));
        DOOR.octets = 0;
        long received = LEDGER.received(Side.CLIENT);
        long taken = DOOR.datagrams + LEDGER.dropped(Side.CLIENT);
        INTAKE.accept(datagram);
        Required.holds(
                DOOR.datagrams + LEDGER.dropped(Side.CLIENT) - taken
                        == LEDGER.received(Side.CLIENT) - received,
                "the books do not balance");
        Required.holds(POOL.available() == SLOTS, "a slot is not at home");
        Required.holds(DOOR.octets <= length, "more octets went on than came");
    }

    /// To a shard that looks at what it gets and has done with it.
    private static final class Door implements ShardDoor {
        private final QuicHeader header = new QuicHeader();
        private long datagrams;
        private int octets;

        @Override
        public boolean offer(Datagram datagram) {
            long route = datagram.route();
            Pool pool = TABLE.poolOfListener(datagram.listener());
            int backend = Route.backend(route);
            Required.holds(
                    backend == Route.NO_BACKEND || pool.keeps(backend),
                    "a backend of another pool");
            Required.holds(
                    Route.idLength(route) <= QuicHeader.MAX_CONNECTION_ID_BYTES
                            && Route.idLength(route) < datagram.firstLengthBytes(),
                    "the length of the connection ID");
            header.read(datagram.bytes(), 0, datagram.firstLengthBytes());
            if (backend != Route.NO_BACKEND) {
                ADMISSION.refusal(datagram, header, backend, TABLE.admission());
            }
            datagrams += datagram.count();
            octets += datagram.lengthBytes();
            datagram.release();
            return true;
        }

        @Override
        public void signal() {
            // Nobody sleeps.
        }
    }
}
