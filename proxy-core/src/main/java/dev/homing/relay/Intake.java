package dev.homing.relay;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.FlowHash;
import dev.homing.handoff.ShardDoor;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.quic.QuicHeader;
import dev.homing.route.Pool;
import dev.homing.route.Router;
import dev.homing.route.RoutingFeed;
import dev.homing.session.TurnClock;

/// What a receiver does with a client's datagram: count, parse, route, hand off. It never waits: a
/// full queue is a drop reason.
///
/// A shard that receives for itself has an intake too; the door to itself is no queue. One thread.
public final class Intake {

    private final RoutingFeed routing;
    private final TurnClock clock;
    private final FlowHash flowHash;
    private final Router router;
    private final ShardDoor[] shards;
    private final Ledger ledger;
    private final QuicHeader header = new QuicHeader();

    /// @param shards a door to each shard, by its index
    public Intake(
            RoutingFeed routing,
            TurnClock clock,
            FlowHash flowHash,
            Router router,
            ShardDoor[] shards,
            Ledger ledger) {
        this.routing = routing;
        this.clock = clock;
        this.flowHash = flowHash;
        this.router = router;
        this.shards = shards.clone();
        this.ledger = ledger;
    }

    /// Takes over a datagram as received: payload, peer, local address and listener are set.
    public void accept(Datagram datagram) {
        ledger.received(Side.CLIENT, datagram.count(), datagram.lengthBytes());
        if (datagram.peer().port() == 0) {
            drop(datagram, DropReason.NO_CLIENT_PORT);
            return;
        }
        switch (header.read(datagram.bytes(), 0, datagram.firstLengthBytes())) {
            case LONG, SHORT -> route(datagram);
            case TRUNCATED -> drop(datagram, DropReason.TRUNCATED_HEADER);
            case EMPTY -> drop(datagram, DropReason.EMPTY);
        }
    }

    private void route(Datagram datagram) {
        long flow = flowHash.of(datagram);
        Pool pool = routing.latest().poolOfListener(datagram.listener());
        datagram.setRoute(flow, router.route(datagram, header, pool, clock.seconds()));
        if (!shards[FlowHash.shard(flow, shards.length)].offer(datagram)) {
            drop(datagram, DropReason.QUEUE_FULL);
        }
    }

    private void drop(Datagram datagram, DropReason reason) {
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
