package dev.homing.relay;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.FlowHash;
import dev.homing.handoff.ShardDoor;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.quic.QuicHeader;
import dev.homing.route.Pool;
import dev.homing.route.Route;
import dev.homing.route.Router;
import dev.homing.route.RoutingFeed;
import dev.homing.session.TurnClock;
import dev.homing.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// What a receiver does with a client's datagram: count, parse, route, hand off. It never waits: a
/// full queue is a drop reason. A train is cut where its route changes.
///
/// A shard that receives for itself has an intake too; the door to itself is no queue. One thread.
public final class Intake {

    /// How many slots cutting a train takes at most.
    public static final int SLOTS = TrainCutter.MAX_RUNS;

    private final RoutingFeed routing;
    private final TurnClock clock;
    private final FlowHash flowHash;
    private final Router router;
    private final ShardDoor[] shards;
    private final Ledger ledger;
    private final Tracer tracer;
    private final QuicHeader header = new QuicHeader();
    private final TrainCutter cutter;

    /// @param shards a door to each shard, by its index
    /// @param slots of the thread, which its datagrams belong to
    public Intake(
            RoutingFeed routing,
            TurnClock clock,
            FlowHash flowHash,
            Router router,
            ShardDoor[] shards,
            DatagramPool slots,
            Ledger ledger,
            Tracer tracer) {
        this.routing = routing;
        this.clock = clock;
        this.flowHash = flowHash;
        this.router = router;
        this.shards = shards.clone();
        this.ledger = ledger;
        this.tracer = tracer;
        cutter = new TrainCutter(router, slots, ledger, tracer);
    }

    /// Takes over a datagram as received: payload, peer, local address and listener are set.
    public void accept(Datagram datagram) {
        ledger.received(Side.CLIENT, datagram.count(), datagram.lengthBytes());
        if (datagram.peer().port() == 0) {
            drop(datagram, Route.NO_BACKEND, 0, DropReason.NO_CLIENT_PORT);
            return;
        }
        long flow = flowHash.of(datagram);
        Pool pool = routing.latest().poolOfListener(datagram.listener());
        if (datagram.segmentBytes() == 0) {
            acceptSingle(datagram, flow, pool);
        } else {
            acceptTrain(datagram, flow, pool);
        }
    }

    private void acceptSingle(Datagram datagram, long flow, Pool pool) {
        switch (header.read(datagram.bytes(), 0, datagram.lengthBytes())) {
            case LONG, SHORT -> {
                datagram.setRoute(flow, router.route(datagram, header, pool, clock.seconds()));
                handOff(datagram, flow);
            }
            case TRUNCATED -> drop(datagram, Route.NO_BACKEND, 0, DropReason.TRUNCATED_HEADER);
            case EMPTY -> drop(datagram, Route.NO_BACKEND, 0, DropReason.EMPTY);
        }
    }

    private void acceptTrain(Datagram train, long flow, Pool pool) {
        @Nullable Datagram run = cutter.cut(train, flow, pool, clock.seconds());
        while (run != null) {
            Datagram next = run.next(); // the run is the shard's as soon as it is handed off
            handOff(run, flow);
            run = next;
        }
    }

    private void handOff(Datagram datagram, long flow) {
        if (!shards[FlowHash.shard(flow, shards.length)].offer(datagram)) {
            long route = datagram.route();
            drop(datagram, Route.backend(route), Route.idLength(route), DropReason.QUEUE_FULL);
        }
    }

    private void drop(Datagram datagram, int backend, int idLength, DropReason reason) {
        tracer.dropped(Side.CLIENT, datagram, backend, idLength, reason);
        ledger.dropped(Side.CLIENT, reason, datagram.count());
        datagram.release();
    }

    /// After the last datagram of a receive call: wakes each shard that got something, once.
    public void endOfBatch() {
        for (ShardDoor shard : shards) {
            shard.signal();
        }
    }
}
