package dev.homing.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a service manager hears from a `homing run` that it has started, through a datagram socket
/// as systemd's.
class ServiceManagerTest {

    private static final String CONFIGURATION =
            """
            listeners:
              - address: 127.0.0.1:0
            pools:
              default:
                backends:
                  - address: 127.0.0.1:4433
            threads:
              receivers: 1
              shards: 1
            admin:
              address: off
            stop:
              drain-timeout: 7s
            log:
              format: json
            reload:
              watch: false
            """;

    @TempDir Path folder;

    private HomingProcess homing(String socket, Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("NOTIFY_SOCKET", socket);
        return HomingProcess.start(folder, "homing", CONFIGURATION, environment, List.of());
    }

    @Test
    void hearsOfTheStartOfReloadsAndOfTheEnd() throws Exception {
        Path socket = folder.resolve("notify");
        try (ServiceManager manager = ServiceManager.at(socket.toString());
                HomingProcess homing = homing(socket.toString(), Map.of())) {
            assertEquals(
                    "READY=1\nSTATUS=Forwarding from 127.0.0.1:%d to 1 backends"
                            .formatted(homing.address().getPort()),
                    manager.next());

            long beforeUs = System.nanoTime() / 1_000;
            homing.reload(CONFIGURATION + "unknown: 1\n", "reload-refused");
            String reloading = manager.next();
            assertTrue(reloading.startsWith("RELOADING=1\nMONOTONIC_USEC="), reloading);
            // HotSpot's nanoTime is this clock on Linux; sd_notify(3) wants it of the moment.
            long toldUs = Long.parseLong(reloading.lines().toList().get(1).split("=", -1)[1]);
            assertTrue(toldUs >= beforeUs && toldUs <= System.nanoTime() / 1_000, reloading);
            String refused = manager.next();
            assertTrue(refused.startsWith("READY=1\nSTATUS=Reload refused"), refused);

            homing.reload(CONFIGURATION, "reload-unchanged");
            assertTrue(manager.next().startsWith("RELOADING=1\n"));
            assertTrue(manager.next().startsWith("READY=1\nSTATUS=Forwarding"));

            homing.signal("TERM");
            assertEquals(
                    "STOPPING=1\nEXTEND_TIMEOUT_USEC=17000000\nSTATUS=Draining", manager.next());
            assertEquals(0, homing.exitCode(Duration.ofSeconds(30)), homing.log());
        }
    }

    @Test
    void hearsAtAnAbstractAddressThatHomingIsAlive() throws Exception {
        String name = "homing-test-" + ProcessHandle.current().pid();
        try (ServiceManager manager = ServiceManager.at('\0' + name);
                HomingProcess homing = homing('@' + name, Map.of("WATCHDOG_USEC", "400000"))) {
            manager.await("WATCHDOG=1");
            manager.await("READY=1");
            manager.await("WATCHDOG=1");
            assertTrue(homing.log().contains("started"), homing.log());
        }
    }

    @Test
    void runsWithoutAManagerThatListens() throws Exception {
        try (HomingProcess homing = homing(folder.resolve("nobody").toString(), Map.of())) {
            homing.awaitLog("supervisor-not-told");
        }
    }
}
