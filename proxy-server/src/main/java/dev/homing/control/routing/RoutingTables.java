package dev.homing.control.routing;

import dev.homing.control.config.Configuration;
import dev.homing.control.health.Panic;
import dev.homing.route.Backend;
import dev.homing.route.BackendState;
import dev.homing.route.ConnectionIdLengths;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.RoutingTable;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Makes routing tables, and remembers what must outlive each of them: the numbers of backend
/// addresses and of pools, which sessions and connection IDs refer to, and the connection ID
/// lengths seen.
///
/// Any thread, one at a time.
public final class RoutingTables {

    /// How finely a weight of 1 can be shared out.
    private static final int SHARES = 100;

    private final BackendNumbers numbers = new BackendNumbers();
    private final Map<String, Integer> poolIndexes = new HashMap<>();
    private final Map<String, ConnectionIdLengths> lengthsSeen = new HashMap<>();
    private final Map<String, Made> latest = new HashMap<>();
    private long number;

    /// A pool, and what it was made of.
    private record Made(Configuration.Pool configured, Pool pool) {}

    /// The table for a configuration by itself, taking new connections; each table has a greater
    /// number than the one before.
    public RoutingTable of(Configuration configuration) {
        return of(configuration, new Leaving(), Map.of(), true);
    }

    /// The table for a configuration; each has a greater number than the one before.
    ///
    /// @param leaving who has left the configuration, but not the table
    /// @param standings by backend address; who is not there stands well
    RoutingTable of(
            Configuration configuration,
            Leaving leaving,
            Map<InetSocketAddress, Standing> standings,
            boolean acceptsNewConnections) {
        Map<InetSocketAddress, String> names = names(configuration, leaving);
        numbers.keepOnly(names.keySet());
        Set<Backend> backends = new LinkedHashSet<>();
        List<Pool> pools = new ArrayList<>();
        for (Configuration.Pool pool : configuration.pools()) {
            List<PoolMember> members = members(pool, standings);
            for (Configuration.Backend left : leaving.of(pool.name())) {
                String name = names.getOrDefault(left.address(), left.name());
                members.add(
                        new PoolMember(backend(name, left.address()), 0, BackendState.DRAINING));
            }
            members.forEach(member -> backends.add(member.backend()));
            pools.add(pool(pool, members));
        }
        List<String> poolNames = pools.stream().map(Pool::name).toList();
        int[] poolOfListener =
                configuration.listeners().stream()
                        .mapToInt(listener -> poolNames.indexOf(listener.pool()))
                        .toArray();
        return new RoutingTable(
                ++number,
                acceptsNewConnections,
                Admissions.rules(configuration.limits()),
                pools,
                poolOfListener,
                backends);
    }

    /// The pool of the table before, if nothing of it has changed: its Maglev table and its scheme
    /// take milliseconds to make.
    private Pool pool(Configuration.Pool configured, List<PoolMember> members) {
        Made before = latest.get(configured.name());
        if (before != null
                && before.configured().equals(configured)
                && before.pool().members().equals(members)) {
            return before.pool();
        }
        String name = configured.name();
        poolIndexes.putIfAbsent(name, poolIndexes.size());
        Map<String, Integer> ids = new HashMap<>();
        configured
                .backends()
                .forEach(listed -> ids.put(listed.name(), numbers.of(listed.address())));
        Pool pool =
                new Pool(
                        poolIndexes.get(name),
                        name,
                        configured.balance(),
                        configured.connectionIdLength().orElse(Pool.LENGTH_LEARNED),
                        lengthsSeen.computeIfAbsent(name, first -> new ConnectionIdLengths()),
                        new CidSchemes(configured, ids).scheme(),
                        members);
        latest.put(name, new Made(configured, pool));
        return pool;
    }

    private List<PoolMember> members(
            Configuration.Pool pool, Map<InetSocketAddress, Standing> standings) {
        Function<Configuration.Backend, Standing> standing =
                listed -> standings.getOrDefault(listed.address(), Standing.GOOD);
        boolean isPanic = isPanic(pool, standings);
        // Only ratios count, and a share of the weight 1 has to be one of something larger.
        boolean isShared =
                pool.backends().stream().anyMatch(listed -> standing.apply(listed).share() < 1);
        int scale = isShared ? SHARES : 1;
        List<PoolMember> members = new ArrayList<>();
        for (Configuration.Backend listed : pool.backends()) {
            Standing stands = standing.apply(listed);
            members.add(
                    new PoolMember(
                            backend(listed.name(), listed.address()),
                            stands.weight(listed.weight() * scale),
                            (isPanic ? stands.down(false) : stands).state(listed.state())));
        }
        return members;
    }

    /// Whether so few of a pool's backends are up that all are used.
    static boolean isPanic(Configuration.Pool pool, Map<InetSocketAddress, Standing> standings) {
        int up = 0;
        int all = 0;
        for (Configuration.Backend listed : pool.backends()) {
            Standing stands = standings.getOrDefault(listed.address(), Standing.GOOD);
            if (listed.takesNewConnections() && !stands.isDrained()) {
                all++;
                up += stands.isDown() ? 0 : 1;
            }
        }
        return Panic.isDue(up, all, pool.health().panicThreshold());
    }

    /// What each address is called: one name everywhere. Of one that has left, and is listed in
    /// another pool under another name, that one.
    private static Map<InetSocketAddress, String> names(
            Configuration configuration, Leaving leaving) {
        Map<InetSocketAddress, String> names = new HashMap<>();
        for (Configuration.Pool pool : configuration.pools()) {
            pool.backends().forEach(listed -> names.put(listed.address(), listed.name()));
        }
        for (Configuration.Pool pool : configuration.pools()) {
            leaving.of(pool.name()).forEach(left -> names.putIfAbsent(left.address(), left.name()));
        }
        return names;
    }

    private Backend backend(String name, InetSocketAddress address) {
        return Backend.of(numbers.of(address), name, address);
    }

    /// The number of a backend address in the latest table.
    int number(InetSocketAddress address) {
        return numbers.of(address);
    }
}
