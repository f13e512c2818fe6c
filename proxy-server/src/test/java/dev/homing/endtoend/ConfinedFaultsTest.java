package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.peers.HomingProcess;
import dev.homing.peers.Program;
import dev.homing.testkit.Doctor;
import dev.homing.testkit.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Faults that belong to a whole process, and what `homing doctor` names first.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ConfinedFaultsTest {

    private static final int INITIAL_BYTES = 1200;
    private static final int CLIENTS = 60;
    private static final String LOOK = "1s";

    @TempDir private Path folder;
    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(Client::close);
    }

    private void openClients(String ip) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(ip));
        }
    }

    private HomingProcess start(String ip, Echo backend, List<String> starter) throws IOException {
        String yaml =
                """
                listeners: [{address: "%1$s:0"}]
                pools:
                  web:
                    backends: [{name: a, address: "%2$s:%3$d"}]
                threads: {receivers: 1, shards: 1}
                sockets: {receive-buffer: 200KiB, send-buffer: 200KiB}
                admin: {address: "%1$s:0"}
                log: {format: json}
                """
                        .formatted(
                                ip,
                                backend.address().getAddress().getHostAddress(),
                                backend.address().getPort());
        return HomingProcess.start(folder, "homing", yaml, Map.of(), starter);
    }

    private Traffic ordinary(HomingProcess homing) {
        return Traffic.of(number -> {
            int client = number % CLIENTS;
            clients.get(client)
                    .send(Client.initial(client + 1, 2, INITIAL_BYTES), homing.address());
        });
    }

    private static void assertFirst(String expected, String step, Doctor doctor) {
        assertEquals(expected, doctor.first(), doctor::out);
        assertEquals(step, doctor.firstLoss(), doctor::out);
        assertEquals(1, doctor.exitCode());
    }

    /// Of 300 files, Homing keeps about 260 for what is not a port.
    @Test
    void aFileLimit() throws IOException {
        String prlimit = Program.find("prlimit", "util-linux");
        openClients("127.0.0.1");
        try (Echo backend = new Echo("127.0.0.1");
                HomingProcess homing =
                        start("127.0.0.1", backend, List.of(prlimit, "--nofile=300:300"));
                Traffic _ = ordinary(homing)) {
            assertFirst("file-limit at shard", "shard", Doctor.ask(homing.admin(), LOOK));
        }
    }

    @Test
    void aFirewallBeforeAndAfterHoming() throws IOException, InterruptedException {
        try (Namespace namespace = new Namespace();
                Echo backend = new Echo(namespace.here());
                HomingProcess homing = start(namespace.there(), backend, namespace.starter())) {
            openClients(namespace.here());
            try (Traffic _ = ordinary(homing)) {
                Doctor healthy = Doctor.ask(homing.admin(), LOOK);
                assertEquals("", healthy.firstLoss(), healthy::out);

                namespace.rule("input", "udp dport " + homing.address().getPort() + " drop");
                assertFirst("filtered at firewall", "firewall", Doctor.ask(homing.admin(), LOOK));

                namespace.rule("output", "udp dport " + backend.address().getPort() + " drop");
                assertFirst("forbidden at send", "send", Doctor.ask(homing.admin(), LOOK));
            }
        }
    }
}
