package dev.homing;

import dev.homing.command.Build;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.IpText;
import dev.homing.control.reload.ReloadHistory;
import dev.homing.linux.SocketMemoryReader;
import dev.homing.linux.UdpSocket;
import dev.homing.observe.metrics.Metrics;
import dev.homing.observe.metrics.reading.Allowance;
import dev.homing.observe.metrics.reading.BuildLabels;
import dev.homing.observe.metrics.reading.HealthReadings;
import dev.homing.observe.metrics.reading.PortsReading;
import dev.homing.observe.metrics.reading.QueueReading;
import dev.homing.observe.metrics.reading.Readings;
import dev.homing.observe.metrics.reading.ReloadReading;
import dev.homing.observe.metrics.reading.SocketReading;
import dev.homing.observe.metrics.reading.ThreadReading;
import dev.homing.route.RoutingFeed;
import dev.homing.socket.ShardLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// What is read off a running data plane, wired to the metrics that show it.
final class Instruments {

    private static final double MILLIS_A_SECOND = 1e3;

    private Instruments() {}

    static Metrics on(
            DataPlane plane,
            Configuration configuration,
            Threads threads,
            RoutingFeed routing,
            HealthReadings health,
            ReloadHistory reloads,
            Surroundings around) {
        Build build = Build.ofThisProcess();
        return new Metrics(
                new Readings(
                        plane.books(),
                        threads(plane),
                        queues(plane),
                        listeners(plane, configuration),
                        plane.undecoded(),
                        sockets(plane, configuration),
                        ports(plane),
                        routing::latest,
                        health,
                        () -> reading(reloads.state()),
                        around.names(),
                        allowance(configuration, threads),
                        new BuildLabels(build.version(), build.commit())));
    }

    private static ReloadReading reading(ReloadHistory.State state) {
        return new ReloadReading(
                state.applied(),
                state.unchanged(),
                state.refused(),
                state.refusal().isEmpty(),
                state.lastGood().toEpochMilli() / MILLIS_A_SECOND,
                state.hash());
    }

    private static List<ThreadReading> threads(DataPlane plane) {
        return plane.workers().stream()
                .map(running ->
                        new ThreadReading(
                                running.worker().name(),
                                running.worker().ledger(),
                                running.cpu(),
                                running.worker().traces()))
                .toList();
    }

    private static List<QueueReading> queues(DataPlane plane) {
        return plane.queues().stream()
                .map(queue -> new QueueReading(queue.receiver(), queue.shard(), queue.handoff()))
                .toList();
    }

    private static List<String> listeners(DataPlane plane, Configuration configuration) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < configuration.listeners().size(); i++) {
            addresses.add(IpText.print(boundAddress(configuration, plane.listening().get(i), i)));
        }
        return addresses;
    }

    /// The workers that receive come first, and have a socket of each listener.
    private static List<SocketReading> sockets(DataPlane plane, Configuration configuration) {
        List<SocketReading> readings = new ArrayList<>();
        List<String> listeners = listeners(plane, configuration);
        for (int listener = 0; listener < configuration.listeners().size(); listener++) {
            List<UdpSocket> sockets = plane.listening().get(listener);
            for (int i = 0; i < sockets.size(); i++) {
                UdpSocket socket = sockets.get(i);
                readings.add(
                        new SocketReading(
                                listeners.get(listener),
                                plane.workers().get(i).worker().name(),
                                () -> socket.memory(new SocketMemoryReader())));
            }
        }
        return readings;
    }

    private static List<PortsReading> ports(DataPlane plane) {
        List<PortsReading> readings = new ArrayList<>();
        for (DataPlane.RunningShard shard : plane.shards()) {
            ShardLoop loop = shard.loop();
            readings.add(
                    new PortsReading(
                            shard.worker().name(),
                            loop::backendPortCount,
                            loop::backendPortMemory));
        }
        return readings;
    }

    private static Allowance allowance(Configuration configuration, Threads threads) {
        return new Allowance(
                configuration.sessions().max(),
                configuration.sessions().halfOpenMax(),
                configuration.connectionIds().max(),
                threads.backendPortsPerShard() * threads.shards(),
                configuration.sockets().receiveBufferBytes());
    }

    /// A listener's address, with the port that the kernel gave if none was configured.
    static InetSocketAddress boundAddress(
            Configuration configuration, List<UdpSocket> sockets, int listener) {
        return new InetSocketAddress(
                configuration.listeners().get(listener).address().getAddress(),
                sockets.getFirst().port());
    }
}
