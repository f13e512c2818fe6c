package dev.homing;

import dev.homing.admission.Admission;
import dev.homing.admission.Buckets;
import dev.homing.control.config.Configuration;
import dev.homing.control.routing.SourceBlocks;
import dev.homing.datagram.DatagramSink;
import dev.homing.datagram.FlowHash;
import dev.homing.handoff.Handoff;
import dev.homing.handoff.ShardDoor;
import dev.homing.hash.SipHash;
import dev.homing.linux.PageMemory;
import dev.homing.linux.TableMemory;
import dev.homing.relay.ForwardPath;
import dev.homing.relay.Intake;
import dev.homing.relay.ReturnPath;
import dev.homing.route.Backend;
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
import dev.homing.socket.ShardLoop;
import java.util.List;

/// Makes the core's parts of one thread after the other, with what all of them share: the routing
/// feed, the clock, the table of connection IDs.
///
/// The wiring thread.
final class CoreWiring {

    private final Configuration configuration;
    private final Threads threads;
    private final RoutingFeed routing;
    private final SipHash tableHash;
    private final SipHash balanceHash;
    private final TurnClock clock = new TurnClock(System.nanoTime());
    private final TableMemory tables = new TableMemory();
    private final ConnectionTable connections;
    private final FormerClients formerClients;
    private final Admission admission;
    private final SourceAddresses ipv4;
    private final SourceAddresses ipv6;

    /// @param tableHash for everything local, with a key that nobody else has
    /// @param balanceHash for first choices, with the same key in all instances that shall choose
    ///   alike
    CoreWiring(
            Configuration configuration,
            Threads threads,
            RoutingFeed routing,
            SipHash tableHash,
            SipHash balanceHash,
            PageMemory memory) {
        this.configuration = configuration;
        this.threads = threads;
        this.routing = routing;
        this.tableHash = tableHash;
        this.balanceHash = balanceHash;
        connections =
                new ConnectionTable(
                        tables,
                        configuration.connectionIds().max(),
                        tableHash,
                        (int) configuration.sessions().idleTimeout().toSeconds(),
                        (int) configuration.sessions().halfOpenTimeout().toSeconds());
        formerClients = new FormerClients(memory, tableHash);
        admission =
                new Admission(new Buckets(memory, Backend.MAX_COUNT, tableHash, System.nanoTime()));
        ipv4 = SourceBlocks.ipv4(configuration.sockets().sourceAddresses());
        ipv6 = SourceBlocks.ipv6(configuration.sockets().sourceAddresses());
    }

    /// Where the tables lie.
    TableMemory tables() {
        return tables;
    }

    boolean choosesIpv4Source() {
        return ipv4.areChosen();
    }

    boolean choosesIpv6Source() {
        return ipv6.areChosen();
    }

    /// What a thread does with the datagrams of one listening address.
    ///
    /// @param doors the way to each shard, by its index
    Intake intake(Worker worker, ShardDoor[] doors) {
        Router router = new Router(connections, balanceHash, worker.undecoded());
        return new Intake(
                routing,
                clock,
                new FlowHash(tableHash),
                router,
                doors,
                worker.slots(),
                worker.ledger(),
                worker.tracer());
    }

    /// The sessions of a shard.
    SessionTable sessions(Worker worker, ShardLoop loop) {
        Configuration.Sessions wanted = configuration.sessions();
        SessionLimits limits =
                new SessionLimits(
                        threads.share(wanted.max()),
                        threads.share(wanted.halfOpenMax()),
                        (int) wanted.idleTimeout().toSeconds(),
                        (int) wanted.halfOpenTimeout().toSeconds(),
                        wanted.aliasesMax());
        return new SessionTable(
                tables, limits, loop.backendPorts(), ipv4, ipv6, tableHash, worker.ledger());
    }

    ForwardPath forwardPath(Worker worker, SessionTable sessions, ShardLoop loop) {
        return new ForwardPath(
                routing,
                clock,
                sessions,
                connections,
                formerClients,
                admission,
                loop.backendPorts(),
                worker.ledger(),
                worker.tracer());
    }

    /// @param clients the way out through each listening address, by its index
    ReturnPath returnPath(Worker worker, SessionTable sessions, DatagramSink[] clients) {
        return new ReturnPath(
                routing, clock, sessions, connections, clients, worker.ledger(), worker.tracer());
    }

    /// @param incoming the hand-offs to it
    Shard shard(
            int index,
            Worker worker,
            List<Handoff> incoming,
            SessionTable sessions,
            ForwardPath forwardPath,
            ReturnPath returnPath,
            ShardLoop loop) {
        return new Shard(
                clock,
                incoming.toArray(new Handoff[0]),
                forwardPath,
                returnPath,
                new Expiry(sessions, connections, worker.ledger(), index, threads.shards()),
                loop.outbox(),
                worker.ledger(),
                worker.tracer());
    }
}
