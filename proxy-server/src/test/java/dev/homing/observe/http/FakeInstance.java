package dev.homing.observe.http;

import dev.homing.command.Json;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import dev.homing.observe.path.Reference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// An admin address whose metrics say what a test wants: counters that grow at a rate, and values.
/// The test's thread sets them, the admin thread reads them.
final class FakeInstance implements AutoCloseable {

    private static final double NANOS_A_SECOND = 1e9;

    private final long startNs = System.nanoTime();
    private final Map<String, Double> perSecond = new ConcurrentHashMap<>();
    private final Map<String, Double> values = new ConcurrentHashMap<>();
    private AdminServer server;
    private Health ready = Health.good("ready");

    FakeInstance() throws IOException {
        server = open(0);
    }

    private AdminServer open(int port) throws IOException {
        return AdminServer.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                contentType -> metrics(),
                () -> Health.good("alive"),
                () -> ready,
                Map.of(
                        "/config.json",
                        () ->
                                """
                                {"pools": {"web": {"backends": [
                                  {"name": "b-0", "address": "10.0.0.1:4433", "weight": 1, "state": "active"}]}},
                                 "sockets": {"trains": true, "source-addresses": []}, "hash-key": "********"}
                                """,
                        "/reference.json",
                        () -> Json.line(Reference.values())),
                query -> new Reply.Refused(409, "no traces here"));
    }

    URI page() {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + "/");
    }

    /// Nobody listens any more.
    void vanish() {
        server.close();
    }

    /// The same instance at the same address.
    void comeBack() throws IOException {
        server = open(server.address().getPort());
    }

    void drain() {
        ready = Health.bad("draining: no new connections are taken");
    }

    /// @param series as in the text, with its labels
    FakeInstance grow(String series, double rate) {
        perSecond.put(series, rate);
        return this;
    }

    FakeInstance set(String series, double value) {
        values.put(series, value);
        return this;
    }

    /// All that a receiver or shard says of itself.
    FakeInstance thread(String thread, double busy) {
        String label = "{thread=\"" + thread + "\"}";
        return grow("homing_thread_cpu_seconds_total" + label, busy)
                .grow("homing_thread_runnable_seconds_total" + label, busy / 50);
    }

    FakeInstance socket(String thread, double dropsPerSecond) {
        String labels = "{listener=\"127.0.0.1:4433\",thread=\"" + thread + "\"}";
        return grow("homing_socket_kernel_drops_total" + labels, dropsPerSecond)
                .set("homing_socket_queue_bytes" + labels, 4_194_304)
                .set("homing_socket_queue_limit_bytes" + labels, 8_388_608);
    }

    FakeInstance drops(Side side, DropReason reason, double rate) {
        return grow(
                "homing_datagrams_dropped_total{side=\"%s\",reason=\"%s\"}"
                        .formatted(side.label(), reason.label()),
                rate);
    }

    /// What Homing counts of itself.
    FakeInstance forwards(double rate, int receivers, int shards, int backends) {
        for (Side side : Side.values()) {
            String label = "{side=\"" + side.label() + "\"}";
            grow("homing_datagrams_received_total" + label, rate);
            grow("homing_datagrams_sent_total" + label, rate);
            grow("homing_bytes_received_total" + label, rate * 1000);
            for (DropReason reason : DropReason.values()) {
                drops(side, reason, 0);
            }
        }
        for (RouteMethod method : RouteMethod.values()) {
            grow(
                    "homing_routed_total{method=\"" + method.label() + "\"}",
                    method == RouteMethod.LEARNED ? rate : 0);
        }
        for (Event event : Event.values()) {
            grow("homing_events_total{event=\"" + event.label() + "\"}", 0);
        }
        set("homing_sessions{state=\"established\"}", rate);
        set("homing_sessions{state=\"half_open\"}", 3);
        set("homing_sessions_max", 1_000_000);
        grow("homing_backend_ports_kernel_drops_total", 0);
        for (int backend = 0; backend < backends; backend++) {
            set("homing_backend_sessions{backend=\"b-" + backend + "\"}", 7);
        }
        for (int receiver = 0; receiver < receivers; receiver++) {
            thread("recv-" + receiver, 0.2).socket("recv-" + receiver, 0);
            for (int shard = 0; shard < shards; shard++) {
                String labels = "{receiver=\"recv-%d\",shard=\"shard-%d\"}";
                set("homing_handoff_queue_depth" + labels.formatted(receiver, shard), 5);
                set("homing_handoff_queue_capacity" + labels.formatted(receiver, shard), 4096);
            }
        }
        for (int shard = 0; shard < shards; shard++) {
            thread("shard-" + shard, 0.3);
        }
        return this;
    }

    /// What the machine counts.
    FakeInstance machine() {
        grow("homing_machine_nic_total{interface=\"eth0\",counter=\"rx_packets\"}", 1100);
        grow("homing_machine_softnet_total{cpu=\"0\",counter=\"processed\"}", 1100);
        for (String counter :
                List.of("rx_missed", "rx_fifo", "rx_errors", "rx_dropped", "tx_dropped")) {
            grow("homing_machine_nic_total{interface=\"eth0\",counter=\"" + counter + "\"}", 0);
        }
        for (String counter : List.of("dropped", "flow_limited", "squeezed")) {
            grow("homing_machine_softnet_total{cpu=\"0\",counter=\"" + counter + "\"}", 0);
        }
        for (String counter : List.of("in_receives", "in_delivers")) {
            grow("homing_machine_ip_total{family=\"ip4\",counter=\"" + counter + "\"}", 1100);
        }
        for (String counter : List.of("in_checksum_errors", "memory_errors", "no_ports")) {
            grow("homing_machine_udp_total{family=\"ip4\",counter=\"" + counter + "\"}", 0);
        }
        return this;
    }

    private String metrics() {
        double seconds = (System.nanoTime() - startNs) / NANOS_A_SECOND;
        List<String> lines = new ArrayList<>();
        lines.add("# TYPE homing_sessions gauge");
        lines.add("homing_build_info{commit=\"abc\",java_version=\"25\",version=\"1.2\"} 1.0");
        lines.add("process_uptime_seconds " + seconds);
        values.forEach((series, value) -> lines.add(series + " " + value));
        perSecond.forEach((series, rate) ->
                lines.add(series + " " + Math.floor(rate * seconds * 1000) / 1000));
        return String.join("\n", lines) + "\n";
    }

    @Override
    public void close() {
        server.close();
    }
}
