package dev.homing.control.routing;

import dev.homing.control.config.Configuration;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/// Who has begun to take new connections of late, and how large a share of its weight it has by
/// now: a server that has just started has cold caches, and all connections at once would be too
/// many.
///
/// ```
/// share  1 ┤                       ┌──
///       .. ┤            ...
///      0.2 ┤       ┌──┘
///      0.1 ┤───────┘
///          └┬──────┬──┬────────────┬──
///           0    0.2 0.3           1      of the slow start
/// ```
///
/// Under the lock of its owner.
final class SlowStarts {

    private static final int STEPS = 10;

    private final Map<InetSocketAddress, Start> running = new HashMap<>();
    private Set<InetSocketAddress> taking;

    private record Start(long ns, long durationNs) {
        double share(long nowNs) {
            long passedNs = Math.max(0, nowNs - ns);
            return passedNs >= durationNs
                    ? 1
                    : Math.max(1, (int) (STEPS * ((double) passedNs / durationNs)))
                            / (double) STEPS;
        }
    }

    /// Backends that take connections now do not start, they go on.
    SlowStarts(Configuration configuration, Map<InetSocketAddress, Standing> standings) {
        taking = durations(configuration, standings).keySet();
    }

    /// Lets those start slowly that have begun to take new connections since the last call, and
    /// writes the shares of all that are starting.
    ///
    /// @return whether a share has changed
    boolean follow(
            Configuration configuration, Map<InetSocketAddress, Standing> standings, long nowNs) {
        Map<InetSocketAddress, Duration> now = durations(configuration, standings);
        now.forEach((address, duration) -> {
            if (!taking.contains(address) && !duration.isZero()) {
                running.put(address, new Start(nowNs, duration.toNanos()));
            }
        });
        taking = new HashSet<>(now.keySet());
        return grow(standings, nowNs);
    }

    /// Writes the shares that the time gives.
    ///
    /// @return whether one has changed
    boolean grow(Map<InetSocketAddress, Standing> standings, long nowNs) {
        boolean isChanged = false;
        Iterator<Map.Entry<InetSocketAddress, Start>> starts = running.entrySet().iterator();
        while (starts.hasNext()) {
            Map.Entry<InetSocketAddress, Start> start = starts.next();
            InetSocketAddress address = start.getKey();
            double share = taking.contains(address) ? start.getValue().share(nowNs) : 1;
            Standing before = standings.getOrDefault(address, Standing.GOOD);
            if (before.share() != share) {
                standings.put(address, before.withShare(share));
                isChanged = true;
            }
            if (share == 1) {
                starts.remove();
            }
        }
        return isChanged;
    }

    /// The backends that take new connections, each with the longest slow start of its pools.
    private static Map<InetSocketAddress, Duration> durations(
            Configuration configuration, Map<InetSocketAddress, Standing> standings) {
        Map<InetSocketAddress, Duration> durations = new HashMap<>();
        for (Configuration.Pool pool : configuration.pools()) {
            boolean isPanic = RoutingTables.isPanic(pool, standings);
            for (Configuration.Backend listed : pool.backends()) {
                Standing stands = standings.getOrDefault(listed.address(), Standing.GOOD);
                if (listed.takesNewConnections()
                        && !stands.isDrained()
                        && (isPanic || !stands.isDown())) {
                    durations.merge(
                            listed.address(),
                            pool.health().slowStart(),
                            (one, other) -> one.compareTo(other) > 0 ? one : other);
                }
            }
        }
        return durations;
    }
}
