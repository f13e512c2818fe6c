package dev.homing.route;

/// A backend in a pool.
///
/// @param weight share of new connections, relative to the other members; 0 for none
public record PoolMember(Backend backend, int weight, BackendState state) {

    public boolean acceptsNewConnections() {
        return weight > 0 && state.acceptsNewConnections();
    }
}
