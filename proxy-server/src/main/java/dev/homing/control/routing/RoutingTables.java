package dev.homing.control.routing;

import dev.homing.control.config.Configuration;
import dev.homing.route.Backend;
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

/// Makes routing tables, and remembers what must outlive each of them: the numbers of backend
/// addresses and of pools, which sessions and connection IDs refer to, and the connection ID
/// lengths seen.
///
/// Any thread, one at a time.
public final class RoutingTables {

    private final Map<InetSocketAddress, Integer> backendIds = new HashMap<>();
    private final Map<String, Integer> poolIndexes = new HashMap<>();
    private final Map<String, ConnectionIdLengths> lengthsSeen = new HashMap<>();
    private long number;

    /// The table for a configuration; each has a greater number than the one before.
    public RoutingTable of(Configuration configuration) {
        Set<Backend> backends = new LinkedHashSet<>();
        List<Pool> pools = new ArrayList<>();
        for (Configuration.Pool pool : configuration.pools()) {
            poolIndexes.putIfAbsent(pool.name(), poolIndexes.size());
            List<PoolMember> members = new ArrayList<>();
            Map<String, Integer> ids = new HashMap<>();
            for (Configuration.Backend listed : pool.backends()) {
                Backend backend = backend(listed);
                backends.add(backend);
                ids.put(backend.name(), backend.id());
                members.add(new PoolMember(backend, listed.weight(), listed.state()));
            }
            pools.add(
                    new Pool(
                            poolIndexes.get(pool.name()),
                            pool.name(),
                            pool.balance(),
                            pool.connectionIdLength().orElse(Pool.LENGTH_LEARNED),
                            lengthsSeen.computeIfAbsent(
                                    pool.name(), name -> new ConnectionIdLengths()),
                            new CidSchemes(pool, ids).scheme(),
                            members));
        }
        List<String> names = pools.stream().map(Pool::name).toList();
        int[] poolOfListener =
                configuration.listeners().stream()
                        .mapToInt(listener -> names.indexOf(listener.pool()))
                        .toArray();
        return new RoutingTable(++number, true, pools, poolOfListener, backends);
    }

    /// The same table, but taking no new connections.
    public RoutingTable closed(RoutingTable table) {
        return table.withNewConnections(++number, false);
    }

    private Backend backend(Configuration.Backend listed) {
        backendIds.putIfAbsent(listed.address(), backendIds.size());
        return Backend.of(backendIds.get(listed.address()), listed.name(), listed.address());
    }
}
