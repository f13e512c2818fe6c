package dev.homing.route;

import dev.homing.admission.AdmissionRules;
import dev.homing.hash.SipHash;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All that receivers and shards know of pools and backends: immutable, numbered, and published as
/// a whole.
///
/// Made by the control plane; read by any thread.
public final class RoutingTable {

    private static final SipHash ADDRESS_HASH = new SipHash(0x61646472657373L, 0);

    private final long number;
    private final boolean acceptsNewConnections;
    private final AdmissionRules admission;
    private final Pool[] pools;
    private final int[] poolOfListener;
    private final @Nullable Backend[] backendById;

    /// Open addressing by the hash of the backend address; the load is at most a half.
    private final @Nullable Backend[] backendByAddress;

    /// A table by which anything may begin a connection.
    ///
    /// @param number grows with each table
    /// @param acceptsNewConnections false while Homing is stopping
    /// @param pools by their index
    /// @param poolOfListener index of the pool that each listening address forwards to
    /// @param backends of all pools, each address once
    public RoutingTable(
            long number,
            boolean acceptsNewConnections,
            List<Pool> pools,
            int[] poolOfListener,
            Collection<Backend> backends) {
        this(
                number,
                acceptsNewConnections,
                AdmissionRules.ANYTHING,
                pools,
                poolOfListener,
                backends);
    }

    /// @param number grows with each table
    /// @param acceptsNewConnections false while Homing is stopping
    /// @param admission what may begin a connection while it takes new ones
    /// @param pools by their index
    /// @param poolOfListener index of the pool that each listening address forwards to
    /// @param backends of all pools, each address once
    public RoutingTable(
            long number,
            boolean acceptsNewConnections,
            AdmissionRules admission,
            List<Pool> pools,
            int[] poolOfListener,
            Collection<Backend> backends) {
        this.number = number;
        this.acceptsNewConnections = acceptsNewConnections;
        this.admission = admission;
        this.pools = pools.toArray(new Pool[0]);
        this.poolOfListener = poolOfListener.clone();
        int largestId = backends.stream().mapToInt(Backend::id).max().orElse(-1);
        backendById = new @Nullable Backend[largestId + 1];
        backendByAddress =
                new @Nullable Backend[Integer.highestOneBit(Math.max(1, backends.size())) << 2];
        for (Backend backend : backends) {
            backendById[backend.id()] = backend;
            int slot = slot(backend.high(), backend.low(), backend.port());
            while (backendByAddress[slot] != null) {
                slot = (slot + 1) & (backendByAddress.length - 1);
            }
            backendByAddress[slot] = backend;
        }
    }

    public long number() {
        return number;
    }

    public boolean acceptsNewConnections() {
        return acceptsNewConnections;
    }

    /// What may begin a connection.
    public AdmissionRules admission() {
        return admission;
    }

    public Pool poolOfListener(int listener) {
        return pools[poolOfListener[listener]];
    }

    public List<Pool> pools() {
        return List.of(pools);
    }

    /// All backends, in the order of their ids.
    public List<Backend> backends() {
        return Arrays.stream(backendById).filter(Objects::nonNull).toList();
    }

    /// Null when the backend is no longer in any pool.
    public @Nullable Backend backend(int id) {
        return id >= 0 && id < backendById.length ? backendById[id] : null;
    }

    /// The backend at an address, or null.
    public @Nullable Backend backendAt(long high, long low, int port) {
        int slot = slot(high, low, port);
        Backend backend;
        while ((backend = backendByAddress[slot]) != null) {
            if (backend.low() == low && backend.high() == high && backend.port() == port) {
                return backend;
            }
            slot = (slot + 1) & (backendByAddress.length - 1);
        }
        return null;
    }

    private int slot(long high, long low, int port) {
        return (int) ADDRESS_HASH.hash(high, low, port) & (backendByAddress.length - 1);
    }
}
