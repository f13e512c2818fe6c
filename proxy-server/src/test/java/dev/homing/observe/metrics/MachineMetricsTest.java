package dev.homing.observe.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.observe.machine.Machine;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMetricsTest {

    @TempDir private Path root;

    @Test
    void showsCountersAndGaugesWithTheirLabels() throws IOException {
        write("proc/net/snmp", "Udp: InErrors RcvbufErrors\nUdp: 4 3\n");
        write("proc/net/sockstat", "UDP: inuse 5 mem 421\n");
        assertEquals(
                List.of(
                        "homing_machine_udp_total{counter=\"in_errors\",family=\"ip4\"} 4.0",
                        "homing_machine_udp_total{counter=\"receive_buffer_errors\",family=\"ip4\"} 3.0",
                        "homing_machine_udp_memory_pages 421.0"),
                scrape(registry()));
    }

    @Test
    void seriesComeAndGoWithTheFiles() throws IOException {
        PrometheusMeterRegistry registry = registry();
        assertEquals(List.of(), scrape(registry));
        write("proc/net/sockstat", "UDP: inuse 5 mem 421\n");
        assertEquals(List.of("homing_machine_udp_memory_pages 421.0"), scrape(registry));
        write("proc/net/sockstat", "UDP: inuse 5 mem 422\n");
        assertEquals(List.of("homing_machine_udp_memory_pages 422.0"), scrape(registry));
        Files.delete(root.resolve("proc/net/sockstat"));
        assertEquals(List.of(), scrape(registry));
    }

    private PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.getPrometheusRegistry()
                .register(new MachineMetrics(new Machine(root, nic -> Optional.empty())));
        return registry;
    }

    private static List<String> scrape(PrometheusMeterRegistry registry) {
        return registry.scrape("text/plain").lines().filter(line -> !line.startsWith("#")).toList();
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
