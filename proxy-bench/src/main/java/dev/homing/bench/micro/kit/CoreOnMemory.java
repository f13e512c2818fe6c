package dev.homing.bench.micro.kit;

import dev.homing.admission.Admission;
import dev.homing.admission.AdmissionRules;
import dev.homing.admission.Buckets;
import dev.homing.cid.UndecodedIds;
import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.DatagramSink;
import dev.homing.datagram.FlowHash;
import dev.homing.datagram.Outbox;
import dev.homing.handoff.Handoff;
import dev.homing.handoff.ShardDoor;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Ledger;
import dev.homing.linux.PageMemory;
import dev.homing.relay.ForwardPath;
import dev.homing.relay.Intake;
import dev.homing.relay.ReturnPath;
import dev.homing.route.Backend;
import dev.homing.route.Router;
import dev.homing.route.RoutingFeed;
import dev.homing.session.BackendPorts;
import dev.homing.session.ConnectionTable;
import dev.homing.session.FormerClients;
import dev.homing.session.SessionLimits;
import dev.homing.session.SessionTable;
import dev.homing.session.SourceAddresses;
import dev.homing.session.TurnClock;
import dev.homing.shard.Expiry;
import dev.homing.shard.Shard;
import dev.homing.trace.Selection;
import dev.homing.trace.TraceFeed;
import dev.homing.trace.TraceRing;
import dev.homing.trace.Tracer;
import java.lang.foreign.Arena;
import java.util.Set;

/// One receiver, one shard and all that they share, as DataPlane wires them, without sockets and
/// without threads of its own.
///
/// ```
/// intake() ─► ForwardPath                 run to completion
/// intake() ─► handoff() ─► shard().turn   with a hand-off
/// ```
public final class CoreOnMemory {

    public static final int SLOTS = 1 << 10;
    public static final int BACKENDS = 20;

    private static final int HALF_OPEN_SECONDS = 10;
    private static final int FIRST_SOURCE = 0x0a000000;
    private static final int LISTENING_ADDRESS = 0x0afe0001;
    private static final int LISTENING_PORT = 443;

    private final PageMemory memory = new PageMemory();
    private final DatagramPool pool = new DatagramPool(memory, SLOTS);
    private final TraceFeed traces = new TraceFeed();
    private final Handoff handoff = new Handoff(SLOTS, SLOTS);
    private final Shard shard;
    private final Intake intake;

    /// @param sessions most sessions, and half as many that are half-open
    /// @param handsOff whether a queue lies between intake and shard
    /// @param ports toward backends
    /// @param outbox what a turn of the shard flushes
    public CoreOnMemory(int sessions, boolean handsOff, BackendPorts ports, Outbox outbox) {
        this(sessions, handsOff, AdmissionRules.ANYTHING, ports, outbox);
    }

    /// @param sessions most sessions, and half as many that are half-open
    /// @param handsOff whether a queue lies between intake and shard
    /// @param admission what may begin a connection
    /// @param ports toward backends
    /// @param outbox what a turn of the shard flushes
    public CoreOnMemory(
            int sessions,
            boolean handsOff,
            AdmissionRules admission,
            BackendPorts ports,
            Outbox outbox) {
        RoutingFeed routing = new RoutingFeed(Fleet.table(BACKENDS, admission));
        TurnClock clock = new TurnClock(0);
        Ledger ledger = new Ledger(Backend.MAX_COUNT);
        SipHash tableHash = new SipHash(1, 2);
        ConnectionTable connections =
                FullTables.make(
                        sessions,
                        tables ->
                                new ConnectionTable(
                                        tables, 2 * sessions, tableHash, 120, HALF_OPEN_SECONDS));
        SessionTable table =
                FullTables.make(
                        sessions,
                        tables ->
                                new SessionTable(
                                        tables,
                                        new SessionLimits(
                                                sessions,
                                                Math.max(1, sessions / 2),
                                                120,
                                                HALF_OPEN_SECONDS,
                                                8),
                                        ports,
                                        SourceAddresses.of(
                                                new SourceAddresses.Block(
                                                        0,
                                                        Address.mapped(FIRST_SOURCE),
                                                        Math.max(1024, sessions))),
                                        SourceAddresses.ANY,
                                        tableHash,
                                        ledger));
        Tracer tracer = new Tracer(traces, new TraceRing(Arena.ofAuto()));
        ForwardPath forward =
                new ForwardPath(
                        routing,
                        clock,
                        table,
                        connections,
                        new FormerClients(memory, tableHash),
                        new Admission(new Buckets(memory, BACKENDS, tableHash, 0)),
                        ports,
                        ledger,
                        tracer);
        DatagramSink client = Datagram::release;
        shard =
                new Shard(
                        clock,
                        new Handoff[] {handoff},
                        forward,
                        new ReturnPath(
                                routing,
                                clock,
                                table,
                                connections,
                                new DatagramSink[] {client},
                                ledger,
                                tracer),
                        new Expiry(table, connections, ledger, 0, 1),
                        outbox,
                        ledger,
                        tracer);
        intake =
                new Intake(
                        routing,
                        clock,
                        new FlowHash(tableHash),
                        new Router(connections, new SipHash(3, 4), new UndecodedIds(1)),
                        new ShardDoor[] {handsOff ? handoff : forward},
                        pool,
                        handsOff ? new Ledger(Backend.MAX_COUNT) : ledger,
                        handsOff ? Tracer.off() : tracer);
    }

    /// From the next turn on looks for one of so many connection IDs.
    public void trace(int oneIn) {
        traces.publish(new Selection(1, oneIn, 0, new byte[0], Set.of(), 1, 128));
    }

    public Intake intake() {
        return intake;
    }

    public Shard shard() {
        return shard;
    }

    public Handoff handoff() {
        return handoff;
    }

    /// The receiver's slots.
    public DatagramPool pool() {
        return pool;
    }

    /// Says what a receive call says of a datagram from a client.
    ///
    /// @param client number of it, which makes its address
    public static void fromClient(
            Datagram datagram, int client, int lengthBytes, int segmentBytes) {
        datagram.setPayload(lengthBytes, segmentBytes, 0);
        datagram.peer().setIpv4(0x0b000000 + client, 5000);
        datagram.local().setIpv4(LISTENING_ADDRESS, LISTENING_PORT);
        datagram.setListener(0);
    }
}
