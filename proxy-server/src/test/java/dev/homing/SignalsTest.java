package dev.homing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SignalsTest {

    // WINCH: the JVM leaves it alone, and it is ignored by default, so the test is harmless.
    @Test
    void runsTheActionEachTimeTheProcessGetsTheSignal() throws Exception {
        Semaphore arrived = new Semaphore(0);
        assertTrue(Signals.on("WINCH", arrived::release));

        sendToOurselves("WINCH");
        assertTrue(arrived.tryAcquire(10, TimeUnit.SECONDS), "the first signal did not arrive");
        sendToOurselves("WINCH");
        assertTrue(arrived.tryAcquire(10, TimeUnit.SECONDS), "the second signal did not arrive");
    }

    @Test
    void refusesTheSignalThatTheJvmKeepsForItself() {
        assertFalse(Signals.on("QUIT", () -> {}));
    }

    @Test
    void refusesASignalThatDoesNotExist() {
        assertFalse(Signals.on("HELLO", () -> {}));
    }

    private static void sendToOurselves(String signal) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder(
                                "kill", "-" + signal, Long.toString(ProcessHandle.current().pid()))
                        .inheritIO()
                        .start();
        assertEquals(0, kill.waitFor());
    }
}
