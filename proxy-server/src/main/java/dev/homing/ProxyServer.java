package dev.homing;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.HashKey;
import dev.homing.control.health.HealthState;
import dev.homing.control.health.HealthWatch;
import dev.homing.control.reload.Changes;
import dev.homing.control.reload.ReloadHistory;
import dev.homing.control.routing.TablePublisher;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Books;
import dev.homing.ledger.SessionState;
import dev.homing.linux.OpenFiles;
import dev.homing.observe.http.AdminServer;
import dev.homing.observe.metrics.Metrics;
import dev.homing.observe.metrics.reading.HealthReadings;
import dev.homing.route.RoutingFeed;
import dev.homing.route.RoutingTable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The wiring diagram: control, data plane and observation, which know nothing of each other.
///
/// ```
/// Configuration ─► TablePublisher ─► RoutingFeed ─► DataPlane ─► Instruments ─► Metrics ─► AdminServer
///                                                      ▲
///                                      sockets, threads, memory
/// ```
///
/// Any thread may call it, one at a time.
public final class ProxyServer implements AutoCloseable {

    private final Threads threads;
    private final TablePublisher tables;
    private final RoutingFeed routing;
    private final DataPlane dataPlane;
    private final ReceiverSteering steering;
    private final HealthWatch health;
    private final ReloadHistory reloads;
    private final Metrics metrics;
    private final @Nullable AdminServer admin;

    private ProxyServer(
            Threads threads,
            TablePublisher tables,
            DataPlane dataPlane,
            ReceiverSteering steering,
            HealthWatch health,
            ReloadHistory reloads,
            Metrics metrics,
            @Nullable AdminServer admin) {
        this.threads = threads;
        this.tables = tables;
        routing = tables.feed();
        this.dataPlane = dataPlane;
        this.steering = steering;
        this.health = health;
        this.reloads = reloads;
        this.metrics = metrics;
        this.admin = admin;
        tables.follow(steering);
    }

    /// Opens every socket and starts every thread; when it returns, datagrams are forwarded.
    ///
    /// @throws BrokenMachine, or IOException, if the machine does not let it; nothing is left open
    ///   then
    public static ProxyServer start(Configuration configuration) throws IOException {
        return start(configuration, Surroundings.NONE);
    }

    /// @param around what can read the configuration again
    /// @throws IOException as [#start(Configuration)] does
    static ProxyServer start(Configuration configuration, Surroundings around) throws IOException {
        Threads threads =
                Threads.of(
                        configuration,
                        Runtime.getRuntime().availableProcessors(),
                        OpenFiles.raise());
        TablePublisher tables = new TablePublisher(configuration);
        RoutingFeed routing = tables.feed();
        HashKey own = HashKey.random();
        HashKey shared = configuration.hashKey().orElse(own);
        DataPlane dataPlane =
                DataPlane.start(
                        configuration,
                        threads,
                        routing,
                        new SipHash(own.low(), own.high()),
                        new SipHash(shared.low(), shared.high()));
        ReceiverSteering steering = new ReceiverSteering(dataPlane.listening());
        HealthWatch health = watch(tables, dataPlane);
        ReloadHistory reloads = new ReloadHistory(Clock.systemUTC(), Changes.hash(configuration));
        Metrics metrics =
                Instruments.on(
                        dataPlane,
                        configuration,
                        threads,
                        routing,
                        readings(health, tables),
                        reloads,
                        around);
        try {
            AdminServer admin = new AdminDoor(dataPlane, tables, reloads, around).open(metrics);
            return new ProxyServer(
                    threads, tables, dataPlane, steering, health, reloads, metrics, admin);
        } catch (IOException | RuntimeException e) {
            metrics.close();
            health.close();
            dataPlane.close();
            throw e;
        }
    }

    private static HealthWatch watch(TablePublisher tables, DataPlane dataPlane)
            throws IOException {
        HealthLink link = new HealthLink(tables, dataPlane.books());
        try {
            return HealthWatch.start(tables::configuration, link, link, new SecureRandom());
        } catch (IOException | RuntimeException e) {
            dataPlane.close();
            throw e;
        }
    }

    private static HealthReadings readings(HealthWatch health, TablePublisher tables) {
        return new HealthReadings(
                () -> health.states().stream().map(ProxyServer::reading).toList(),
                tables::poolsInPanic);
    }

    private static HealthReadings.Of reading(HealthState state) {
        Map<String, Long> probes = new HashMap<>();
        state.probes().forEach((result, count) -> probes.put(result.label(), count));
        return new HealthReadings.Of(state.name(), !state.isDown(), probes);
    }

    /// The addresses that clients reach, with the ports that the kernel gave where none was
    /// configured.
    public List<InetSocketAddress> listenAddresses() {
        Configuration configuration = tables.configuration();
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int i = 0; i < configuration.listeners().size(); i++) {
            addresses.add(Instruments.boundAddress(configuration, dataPlane.listening().get(i), i));
        }
        return addresses;
    }

    public Optional<InetSocketAddress> adminAddress() {
        return Optional.ofNullable(admin).map(AdminServer::address);
    }

    public Books books() {
        return dataPlane.books();
    }

    public RoutingTable routing() {
        return routing.latest();
    }

    /// Dedicated receivers; 0 when each shard receives for itself.
    public int receivers() {
        return threads.receivers();
    }

    public int shards() {
        return threads.shards();
    }

    /// How many sockets toward backends are open.
    public int backendPorts() {
        return dataPlane.backendPorts();
    }

    /// What an operator should know of this machine: one sentence each, with its remedy.
    public List<String> remarks() {
        List<String> remarks = Remarks.of(tables.configuration(), threads, dataPlane.listening());
        remarks.addAll(steering.remarks());
        return remarks;
    }

    /// What is in force.
    public Configuration configuration() {
        return tables.configuration();
    }

    /// How often the configuration was read again, and what came of it.
    ReloadHistory reloads() {
        return reloads;
    }

    /// The routing tables, and who decides about them.
    TablePublisher tables() {
        return tables;
    }

    /// Gives up what is kept only for backends that are listed no more, where they have no session
    /// left. To be called now and then.
    public void forgetLeftBackends() {
        tables.forgetLeft(id -> books().backendSessions(id));
    }

    /// Takes other pools and backends, while everything that [Restart] names stays as it was. Which
    /// session exists and where it goes does not change.
    public void changePools(Configuration changed) {
        tables.change(changed);
    }

    /// Connections that exist go on; what would start one is dropped as `draining`, and readiness
    /// says no.
    public void refuseNewConnections() {
        tables.refuseNewConnections();
    }

    /// Whether every thread that forwards finds the time to do something else within a time.
    public boolean answers(long patienceNs) throws InterruptedException {
        return dataPlane.answers(patienceNs);
    }

    public boolean hasSessions() {
        Books books = books();
        return books.sessions(SessionState.ESTABLISHED) + books.sessions(SessionState.HALF_OPEN)
                > 0;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
        health.close();
        dataPlane.close();
        metrics.close();
    }
}
