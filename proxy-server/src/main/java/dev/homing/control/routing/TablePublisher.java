package dev.homing.control.routing;

import dev.homing.control.config.Configuration;
import dev.homing.route.RoutingFeed;
import dev.homing.route.RoutingTable;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The one place that publishes routing tables. It holds all that a table follows from: the
/// configuration in force, how things stand with each backend, and whether new connections are
/// taken. Each change makes one new table.
///
/// Any thread may call it; nothing of the hot path waits for it.
public final class TablePublisher {

    /// Something that has to be in step with the table.
    public interface Follower {

        /// Called before the table is published, by the thread that changes something, one call at
        /// a time.
        void follow(Configuration configuration, RoutingTable table);
    }

    private final RoutingTables tables = new RoutingTables();
    private final Map<InetSocketAddress, Standing> standings = new HashMap<>();
    private final Leaving leaving = new Leaving();
    private final List<Follower> followers = new ArrayList<>();
    private final RoutingFeed feed;
    private final LongSupplier clock;
    private final SlowStarts slowStarts;
    private boolean acceptsNewConnections = true;

    /// Written under the lock, and read without it.
    private volatile Configuration configuration;

    /// Publishes the first table.
    public TablePublisher(Configuration configuration) {
        this(configuration, System::nanoTime);
    }

    /// @param clock in ns
    TablePublisher(Configuration configuration, LongSupplier clock) {
        this.configuration = configuration;
        this.clock = clock;
        slowStarts = new SlowStarts(configuration, standings);
        feed = new RoutingFeed(table());
    }

    /// Where the tables go.
    public RoutingFeed feed() {
        return feed;
    }

    /// What is in force.
    public Configuration configuration() {
        return configuration;
    }

    /// Tells a follower of the table in force now, and of each one that comes.
    public synchronized void follow(Follower follower) {
        followers.add(follower);
        follower.follow(configuration, feed.latest());
    }

    /// Takes other pools and backends. Those that have left stay in the table, draining, while they
    /// have sessions. How things stand with a backend address is remembered while some pool lists
    /// it.
    public synchronized void change(Configuration changed) {
        leaving.change(configuration, changed, clock.getAsLong());
        configuration = changed;
        standings.keySet().retainAll(addresses());
        publish();
    }

    /// Changes how things stand with one backend; nothing is published if that is how they stood.
    ///
    /// @return whether a pool has this address: nothing is noted of others
    public synchronized boolean change(InetSocketAddress backend, UnaryOperator<Standing> change) {
        boolean isKnown = addresses().contains(backend);
        changeAll(Map.of(backend, change));
        return isKnown;
    }

    /// Changes how things stand with several backends in one new table; addresses that no pool has
    /// are passed over.
    public synchronized void changeAll(Map<InetSocketAddress, UnaryOperator<Standing>> changes) {
        Set<InetSocketAddress> known = addresses();
        boolean isChanged = false;
        for (Map.Entry<InetSocketAddress, UnaryOperator<Standing>> entry : changes.entrySet()) {
            Standing before = standing(entry.getKey());
            Standing after = entry.getValue().apply(before);
            if (known.contains(entry.getKey()) && !after.equals(before)) {
                standings.put(entry.getKey(), after);
                isChanged = true;
            }
        }
        if (isChanged) {
            publish();
        }
    }

    /// How things stand with a backend address; good if nobody has said anything.
    public synchronized Standing standing(InetSocketAddress backend) {
        return standings.getOrDefault(backend, Standing.GOOD);
    }

    /// From now on tables take no new connections.
    public synchronized void refuseNewConnections() {
        acceptsNewConnections = false;
        publish();
    }

    /// Gives backends that start slowly the shares that they have by now. Called often enough that
    /// none of their steps is late.
    public synchronized void growShares() {
        if (slowStarts.grow(standings, clock.getAsLong())) {
            publish();
        }
    }

    /// Takes those backends out of the table that have left the configuration a while ago and have
    /// no session any more. Asked for now and then.
    ///
    /// @param sessions of a backend, by its number
    public synchronized void forgetLeft(IntToLongFunction sessions) {
        if (!leaving.isEmpty()
                && leaving.forget(
                        address -> sessions.applyAsLong(tables.number(address)) > 0,
                        clock.getAsLong())) {
            publish();
        }
    }

    /// The pools in which so few backends are up that all are used.
    public synchronized Set<String> poolsInPanic() {
        return configuration.pools().stream()
                .filter(pool -> RoutingTables.isPanic(pool, standings))
                .map(Configuration.Pool::name)
                .collect(Collectors.toSet());
    }

    private Set<InetSocketAddress> addresses() {
        return configuration.pools().stream()
                .flatMap(pool -> pool.backends().stream())
                .map(Configuration.Backend::address)
                .collect(Collectors.toSet());
    }

    private RoutingTable table() {
        return tables.of(configuration, leaving, standings, acceptsNewConnections);
    }

    private void publish() {
        slowStarts.follow(configuration, standings, clock.getAsLong());
        RoutingTable table = table();
        followers.forEach(follower -> follower.follow(configuration, table));
        feed.publish(table);
    }
}
