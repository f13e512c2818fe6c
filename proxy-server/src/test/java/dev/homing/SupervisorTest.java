package dev.homing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.linux.BrokenMachine;
import dev.homing.linux.NotifySocket;
import dev.homing.peers.ServiceManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SupervisorTest {

    private static final long OURS = 4711;

    @TempDir Path folder;

    private String socket() {
        return folder.resolve("notify").toString();
    }

    @Test
    void isNotToldThatHomingIsAliveWhileAThreadStandsStill() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ServiceManager manager = ServiceManager.at(socket());
                Supervisor supervisor =
                        Supervisor.of(
                                Map.of("NOTIFY_SOCKET", socket(), "WATCHDOG_USEC", "20000"),
                                OURS)) {
            supervisor.watch(patience -> asked.incrementAndGet() > 3);

            assertEquals("WATCHDOG=1", manager.next());
            assertTrue(asked.get() > 3, asked::toString);
        }
    }

    @Test
    void isNotToldWhatAnotherProcessIsToTell() throws Exception {
        try (ServiceManager manager = ServiceManager.at(socket());
                Supervisor supervisor =
                        Supervisor.of(
                                Map.of(
                                        "NOTIFY_SOCKET",
                                        socket(),
                                        "WATCHDOG_USEC",
                                        "1",
                                        "WATCHDOG_PID",
                                        "1"),
                                OURS)) {
            supervisor.watch(patience -> {
                throw new AssertionError("nobody wants to know");
            });
            supervisor.status("here");

            assertEquals("STATUS=here", manager.next());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative", "@", "/", "vsock:2:1234"})
    void saysWhichNamesOfSocketsItKnows(String name) {
        assertTrue(
                assertThrows(BrokenMachine.class, () -> NotifySocket.named(name))
                        .getMessage()
                        .contains("paths and abstract names"));
    }
}
