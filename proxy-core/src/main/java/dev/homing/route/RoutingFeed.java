package dev.homing.route;

/// Where the control plane puts the latest [RoutingTable] and everybody else finds it. Any thread.
public final class RoutingFeed {

    private volatile RoutingTable latest;

    public RoutingFeed(RoutingTable first) {
        latest = first;
    }

    public RoutingTable latest() {
        return latest;
    }

    /// Takes effect with the next turn of each shard and the next datagram of each receiver.
    public void publish(RoutingTable table) {
        latest = table;
    }
}
