package dev.homing.diagnose;

import dev.homing.diagnose.finding.Series;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Sample;
import dev.homing.observe.samples.Samples;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Two readings, ten seconds apart, of an instance with two receivers and two shards on a machine
/// with four CPUs, where all is well until a test says otherwise: 20 000 datagrams a second each
/// way, threads busy for a third of the time.
final class Scene {

    static final double SECONDS = 10;

    /// At the interface and the IP layer.
    static final double PACKETS = 400_000;

    private static final double TRAFFIC = 200_000;
    private static final double LONG_AGO = 5_000_000;

    private record Key(String name, Map<String, String> labels) {}

    private final Map<Key, Double> before = new LinkedHashMap<>();
    private final Map<Key, Double> after = new LinkedHashMap<>();

    static Scene healthy() {
        Scene scene = machineAlone();
        scene.grows(TRAFFIC, Series.UDP, "family", "ip4", "counter", "in_datagrams");
        for (Side side : Side.values()) {
            scene.grows(TRAFFIC, Series.RECEIVED, "side", side.label());
            scene.grows(TRAFFIC * 1200, Series.RECEIVED_BYTES, "side", side.label());
            scene.grows(TRAFFIC, Series.SENT, "side", side.label());
            for (DropReason reason : DropReason.values()) {
                scene.shows(0, Series.DROPPED, "side", side.label(), "reason", reason.label());
            }
        }
        for (int i = 0; i < 2; i++) {
            scene.thread("recv-" + i);
            scene.thread("shard-" + i);
            String[] socket = {"listener", "[::]:4433", "thread", "recv-" + i};
            scene.shows(0, Series.SOCKET_DROPS, socket);
            scene.shows(4096, Series.SOCKET_QUEUE, socket);
            scene.shows(8 << 20, Series.SOCKET_LIMIT, socket);
            scene.grows(
                    TRAFFIC / 2, Series.THREAD_RECEIVED, "thread", "recv-" + i, "side", "client");
            for (int j = 0; j < 2; j++) {
                String[] queue = {"receiver", "recv-" + i, "shard", "shard-" + j};
                scene.shows(3, Series.QUEUE_DEPTH, queue);
                scene.shows(100, Series.QUEUE_HIGH_WATER, queue);
                scene.shows(4096, Series.QUEUE_CAPACITY, queue);
            }
        }
        scene.shows(8 << 20, Series.BUFFER_WANTED);
        scene.shows(0, Series.PORT_DROPS);
        scene.shows(40, Series.PORTS);
        scene.shows(10_000, Series.PORTS_MAX);
        scene.shows(200, Series.FILES_OPEN);
        scene.shows(20_000, Series.FILES_MAX);
        scene.shows(80, Series.SESSIONS, "state", "established");
        scene.shows(2, Series.SESSIONS, "state", "half_open");
        scene.shows(262_144, Series.SESSIONS_MAX);
        scene.shows(65_536, Series.HALF_OPEN_MAX);
        scene.shows(170, Series.CONNECTION_IDS);
        scene.shows(1_048_576, Series.CONNECTION_IDS_MAX);
        scene.shows(41, Series.BACKEND_SESSIONS, "backend", "a");
        scene.shows(41, Series.BACKEND_SESSIONS, "backend", "b");
        scene.shows(1_700_000_000, "process_start_time_seconds");
        return scene;
    }

    static Scene machineAlone() {
        Scene scene = new Scene();
        scene.grows(PACKETS, Series.NIC, "interface", "eth0", "counter", "rx_packets");
        scene.grows(PACKETS, Series.NIC, "interface", "eth0", "counter", "tx_packets");
        for (String counter : new String[] {"rx_missed", "rx_dropped", "rx_errors", "tx_dropped"}) {
            scene.shows(0, Series.NIC, "interface", "eth0", "counter", counter);
        }
        scene.shows(4, Series.NIC_QUEUES, "interface", "eth0", "direction", "rx");
        scene.shows(0, Series.NIC_RPS_CPUS, "interface", "eth0");
        scene.shows(1, Series.NIC_OFFLOAD, "interface", "eth0", "offload", "gro");
        scene.shows(1500, Series.NIC_MTU, "interface", "eth0");
        for (int cpu = 0; cpu < 4; cpu++) {
            String number = Integer.toString(cpu);
            scene.grows(100_000, Series.SOFTNET, "cpu", number, "counter", "processed");
            for (String counter : new String[] {"dropped", "squeezed", "flow_limited"}) {
                scene.shows(0, Series.SOFTNET, "cpu", number, "counter", counter);
            }
        }
        scene.grows(PACKETS, Series.IP, "family", "ip4", "counter", "in_receives");
        scene.grows(PACKETS, Series.IP, "family", "ip4", "counter", "in_delivers");
        scene.shows(0, Series.IP, "family", "ip4", "counter", "reassembly_needed");
        scene.grows(PACKETS, Series.UDP, "family", "ip4", "counter", "in_datagrams");
        for (String counter :
                new String[] {
                    "in_checksum_errors", "no_ports", "memory_errors", "receive_buffer_errors"
                }) {
            scene.shows(0, Series.UDP, "family", "ip4", "counter", counter);
        }
        scene.shows(2_000, Series.UDP_MEMORY);
        scene.shows(30_000, Series.UDP_MEMORY_LIMIT, "level", "low");
        scene.shows(40_000, Series.UDP_MEMORY_LIMIT, "level", "pressure");
        scene.shows(60_000, Series.UDP_MEMORY_LIMIT, "level", "max");
        scene.grows(20, Series.CPU, "mode", "idle");
        scene.grows(4, Series.CPU, "mode", "softirq");
        scene.shows(0, Series.CPU, "mode", "steal");
        scene.shows(4, Series.CPUS);
        scene.shows(1, Series.CLOCK, "source", "tsc");
        scene.shows(32_768, Series.SETTING, "name", "net.ipv4.ip_local_port_range.first");
        scene.shows(60_999, Series.SETTING, "name", "net.ipv4.ip_local_port_range.last");
        scene.shows(1000, Series.SETTING, "name", "net.core.netdev_max_backlog");
        return scene;
    }

    private void thread(String name) {
        grows(3.3, Series.THREAD_CPU, "thread", name);
        grows(0.3, Series.THREAD_RUNNABLE, "thread", name);
        grows(5_000, Series.THREAD_TURNS, "thread", name);
    }

    /// A counter, by so much between the two readings.
    Scene grows(double by, String name, String... labels) {
        before.put(key(name, labels), LONG_AGO);
        after.put(key(name, labels), LONG_AGO + by);
        return this;
    }

    /// A counter of which only some labels are known: the others are those of a series that is
    /// there.
    Scene growsSomewhere(double by, String name, Map<String, String> labels) {
        Map<String, String> all = new HashMap<>();
        before.keySet().stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .ifPresent(key -> all.putAll(key.labels()));
        all.putAll(labels);
        before.put(new Key(name, all), LONG_AGO);
        after.put(new Key(name, all), LONG_AGO + by);
        return this;
    }

    /// A gauge; or a counter that stands still.
    Scene shows(double value, String name, String... labels) {
        before.put(key(name, labels), value);
        after.put(key(name, labels), value);
        return this;
    }

    Scene shows(double earlier, double later, String name, String... labels) {
        before.put(key(name, labels), earlier);
        after.put(key(name, labels), later);
        return this;
    }

    /// A thread that ran for this share of the time.
    Scene busy(double share, String thread) {
        return grows(share * SECONDS, Series.THREAD_CPU, "thread", thread);
    }

    Scene dropped(double count, Side side, DropReason reason) {
        return shows(0, count, Series.DROPPED, "side", side.label(), "reason", reason.label());
    }

    Scene happened(double count, String event) {
        return grows(count, Series.EVENTS, "event", event);
    }

    /// A histogram of which all values are the same.
    Scene histogram(double count, double value, String name, String... labels) {
        String[] below = withBound(labels, Double.toString(value / 2));
        String[] upTo = withBound(labels, Double.toString(value));
        String[] all = withBound(labels, "+Inf");
        grows(0, name + "_bucket", below);
        grows(count, name + "_bucket", upTo);
        grows(count, name + "_bucket", all);
        grows(count * value, name + "_sum", labels);
        return this;
    }

    private static String[] withBound(String[] labels, String bound) {
        String[] all = Arrays.copyOf(labels, labels.length + 2);
        all[labels.length] = "le";
        all[labels.length + 1] = bound;
        return all;
    }

    Scene without(String name) {
        before.keySet().removeIf(key -> key.name().equals(name));
        after.keySet().removeIf(key -> key.name().equals(name));
        return this;
    }

    Interval interval() {
        return new Interval(
                samples(before), samples(after), Duration.ofMillis((long) (SECONDS * 1000)));
    }

    private static Samples samples(Map<Key, Double> values) {
        return Samples.of(
                values.entrySet().stream()
                        .map(entry ->
                                new Sample(
                                        entry.getKey().name(),
                                        entry.getKey().labels(),
                                        entry.getValue()))
                        .toList());
    }

    private static Key key(String name, String... labels) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            named.put(labels[i], labels[i + 1]);
        }
        return new Key(name, named);
    }
}
