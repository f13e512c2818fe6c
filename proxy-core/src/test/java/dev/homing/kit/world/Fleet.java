package dev.homing.kit.world;

import dev.homing.admission.AdmissionRules;
import dev.homing.kit.Place;
import dev.homing.route.Backend;
import dev.homing.route.BackendState;
import dev.homing.route.ConnectionIdLengths;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.RoutingTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The model servers, and what the control plane says of them: which pools they are in, and whether
/// they take new connections. It takes effect with the next [#table].
public final class Fleet {

    /// A pool as it is going to be. Making one is dear, so only what has changed is made anew.
    private static final class PoolPlan {
        private final int index;
        private final ModelPool pool;
        private final ConnectionIdLengths lengths = new ConnectionIdLengths();
        private final Map<Integer, PoolMember> members = new LinkedHashMap<>(); // by backend id
        private @Nullable Pool made;

        PoolPlan(int index, ModelPool pool) {
            this.index = index;
            this.pool = pool;
            pool.styles().forEach(style -> put(style.backend(), BackendState.ACTIVE));
        }

        List<PoolMember> members() {
            return List.copyOf(members.values());
        }

        List<Backend> backends() {
            return members.values().stream().map(PoolMember::backend).toList();
        }

        void put(Backend backend, BackendState state) {
            members.put(backend.id(), new PoolMember(backend, 1, state));
            made = null;
        }

        void remove(Backend backend) {
            if (members.remove(backend.id()) != null) {
                made = null;
            }
        }

        Pool make() {
            if (made == null) {
                made =
                        new Pool(
                                index,
                                "pool-" + index,
                                pool.balance(),
                                pool.configuredLength(),
                                lengths,
                                pool.isNamed() ? NamingIds.scheme(backends()) : null,
                                members());
            }
            return made;
        }
    }

    private final Function<ServerStyle, ModelServer> birth;
    private final List<PoolPlan> pools;
    private final int listeners;
    private final Map<Place, ModelServer> servers = new HashMap<>();
    private AdmissionRules admission = AdmissionRules.ANYTHING;
    private boolean acceptsNewConnections = true;
    private long tableNumber;

    /// @param listeners each forwards to one pool, and the pools take turns
    Fleet(List<ModelPool> pools, int listeners, Function<ServerStyle, ModelServer> birth) {
        this.birth = birth;
        this.listeners = listeners;
        this.pools =
                IntStream.range(0, pools.size())
                        .mapToObj(index -> new PoolPlan(index, pools.get(index)))
                        .toList();
        pools.forEach(pool -> pool.styles().forEach(this::found));
    }

    private void found(ServerStyle style) {
        servers.computeIfAbsent(Place.of(style.backend()), unseen -> birth.apply(style));
    }

    RoutingTable table() {
        Map<Integer, Backend> backends = new HashMap<>();
        pools.forEach(
                plan -> plan.members.forEach((id, member) -> backends.put(id, member.backend())));
        return new RoutingTable(
                ++tableNumber,
                acceptsNewConnections,
                admission,
                pools.stream().map(PoolPlan::make).toList(),
                IntStream.range(0, listeners).map(this::pool).toArray(),
                backends.values());
    }

    @Nullable ModelServer at(Place place) {
        return servers.get(place);
    }

    Collection<ModelServer> servers() {
        return servers.values();
    }

    /// Whether a server is still in a pool.
    boolean has(ModelServer server) {
        return pools.stream().anyMatch(plan -> plan.members.containsKey(server.id()));
    }

    /// Whether clients of a listener may come to a server.
    boolean has(ModelServer server, int listener) {
        return pools.get(pool(listener)).members.containsKey(server.id());
    }

    private int pool(int listener) {
        return listener % pools.size();
    }

    public int pools() {
        return pools.size();
    }

    public List<PoolMember> members(int pool) {
        return pools.get(pool).members();
    }

    /// @param accepts false as when Homing is stopping
    public void acceptNewConnections(boolean accepts) {
        acceptsNewConnections = accepts;
    }

    /// What may begin a connection.
    public void admit(AdmissionRules rules) {
        admission = rules;
    }

    public void add(int pool, ServerStyle style) {
        found(style);
        pools.get(pool).put(style.backend(), BackendState.ACTIVE);
    }

    public void setState(int pool, Backend backend, BackendState state) {
        pools.get(pool).put(backend, state);
    }

    /// From all pools.
    public void remove(Backend backend) {
        pools.forEach(plan -> plan.remove(backend));
    }
}
