package dev.homing.control.routing;

import dev.homing.control.config.Configuration;
import dev.homing.route.Backend;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The backends that have left the configuration, and stay in the table, draining, until they have
/// no session any more: their connections would have nowhere else to go.
///
/// They belong to the pool that their clients' listener has now, which may be another one than
/// before.
///
/// One thread at a time.
final class Leaving {

    /// Datagrams that were routed by the table before are still on their way to a shard.
    static final long STAYS_NS = TimeUnit.SECONDS.toNanos(10);

    private record Leaver(Configuration.Backend backend, long sinceNs) {}

    /// By the names of pools.
    private Map<String, Map<InetSocketAddress, Leaver>> leavers = new HashMap<>();

    /// Takes note of who leaves with a new configuration, and of who comes back.
    void change(Configuration old, Configuration changed, long nowNs) {
        Map<String, Map<InetSocketAddress, Leaver>> now = new HashMap<>();
        int listeners = Math.min(old.listeners().size(), changed.listeners().size());
        for (int i = 0; i < listeners; i++) {
            String before = old.listeners().get(i).pool();
            String after = changed.listeners().get(i).pool();
            Set<InetSocketAddress> listed = addresses(pool(changed, after));
            Map<InetSocketAddress, Leaver> of =
                    now.computeIfAbsent(after, name -> new LinkedHashMap<>());
            leavers.getOrDefault(before, Map.of())
                    .forEach((address, leaver) -> {
                        if (!listed.contains(address)) {
                            of.putIfAbsent(address, leaver);
                        }
                    });
            for (Configuration.Backend backend : pool(old, before).backends()) {
                if (!listed.contains(backend.address())) {
                    of.putIfAbsent(backend.address(), new Leaver(backend, nowNs));
                }
            }
        }
        leavers = now;
        limit(changed);
    }

    /// As many as there are numbers: of more, those that left first go.
    private void limit(Configuration configuration) {
        Set<InetSocketAddress> listed =
                configuration.pools().stream()
                        .flatMap(pool -> addresses(pool).stream())
                        .collect(Collectors.toSet());
        List<Map.Entry<InetSocketAddress, Leaver>> others =
                leavers.values().stream()
                        .flatMap(of -> of.entrySet().stream())
                        .filter(entry -> !listed.contains(entry.getKey()))
                        .sorted(Comparator.comparingLong(entry -> -entry.getValue().sinceNs()))
                        .toList();
        Set<InetSocketAddress> stay =
                others.stream()
                        .map(Map.Entry::getKey)
                        .distinct()
                        .limit(Backend.MAX_COUNT - listed.size())
                        .collect(Collectors.toSet());
        leavers.values()
                .forEach(of ->
                        of.keySet()
                                .removeIf(address ->
                                        !listed.contains(address) && !stay.contains(address)));
    }

    /// Forgets those that have left long enough ago and have no session.
    ///
    /// @return whether there were any
    boolean forget(Predicate<InetSocketAddress> hasSessions, long nowNs) {
        boolean isAny = false;
        for (Map<InetSocketAddress, Leaver> of : leavers.values()) {
            isAny |=
                    of.entrySet()
                            .removeIf(entry ->
                                    nowNs - entry.getValue().sinceNs() >= STAYS_NS
                                            && !hasSessions.test(entry.getKey()));
        }
        return isAny;
    }

    boolean isEmpty() {
        return leavers.values().stream().allMatch(Map::isEmpty);
    }

    /// Those of a pool, in the order in which they left.
    List<Configuration.Backend> of(String pool) {
        List<Configuration.Backend> backends = new ArrayList<>();
        leavers.getOrDefault(pool, Map.of())
                .values()
                .forEach(leaver -> backends.add(leaver.backend()));
        return backends;
    }

    private static Configuration.Pool pool(Configuration configuration, String name) {
        return configuration.pools().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<InetSocketAddress> addresses(Configuration.Pool pool) {
        return pool.backends().stream()
                .map(Configuration.Backend::address)
                .collect(Collectors.toSet());
    }
}
