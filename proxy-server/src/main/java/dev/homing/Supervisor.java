package dev.homing;

import dev.homing.linux.BrokenMachine;
import dev.homing.linux.MonotonicClock;
import dev.homing.linux.NotifySocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The service manager that has started the process, if it wants to know how it is: systemd, by the
/// protocol of sd_notify(3).
///
/// ```
/// NOTIFY_SOCKET   where to; without it nothing is told
/// WATCHDOG_USEC   the process is alive if it says so at least so often; told twice as often
/// WATCHDOG_PID    the process that is meant, if it is another one nothing is told
/// ```
///
/// Told by the main thread; a thread of its own tells that Homing is alive, for as long as all
/// threads that forward say so.
final class Supervisor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("homing");

    /// How long the manager is to wait for the end beyond the drain timeout.
    private static final Duration STOP_TAKES = Duration.ofSeconds(10);

    private static final Supervisor NONE = new Supervisor(Optional.empty(), 0);

    /// Whether all is well, as far as one can know within a time.
    @FunctionalInterface
    interface Pulse {
        boolean isFelt(long patienceNs) throws InterruptedException;
    }

    private final Optional<NotifySocket> socket;

    /// 0 for none.
    private final long watchdogUs;

    private @Nullable Thread watchdog;

    private Supervisor(Optional<NotifySocket> socket, long watchdogUs) {
        this.socket = socket;
        this.watchdogUs = watchdogUs;
    }

    static Supervisor none() {
        return NONE;
    }

    /// @param processId our own
    static Supervisor of(Map<String, String> environment, long processId) {
        String name = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (name.isEmpty()) {
            return NONE;
        }
        try {
            return new Supervisor(
                    Optional.of(NotifySocket.named(name)), watchdogUs(environment, processId));
        } catch (BrokenMachine e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("supervisor-not-told");
            return NONE;
        }
    }

    private static long watchdogUs(Map<String, String> environment, long processId) {
        String meant = environment.getOrDefault("WATCHDOG_PID", "");
        if (!meant.isEmpty() && !meant.equals(Long.toString(processId))) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0")));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// @param status one line for people
    void ready(String status) {
        tell("READY=1\nSTATUS=" + status);
    }

    /// From now on until [#ready], whose status says what came of it.
    void reloading() {
        if (socket.isPresent()) {
            tell(
                    "RELOADING=1\nMONOTONIC_USEC=%d\nSTATUS=Reading the configuration"
                            .formatted(MonotonicClock.microseconds()));
        }
    }

    /// The manager waits as long as draining takes, whatever its own limit is.
    void stopping(Duration drainTimeout) {
        tell(
                "STOPPING=1\nEXTEND_TIMEOUT_USEC=%d\nSTATUS=Draining"
                        .formatted(
                                TimeUnit.NANOSECONDS.toMicros(
                                        drainTimeout.plus(STOP_TAKES).toNanos())));
    }

    void status(String status) {
        tell("STATUS=" + status);
    }

    /// Tells that Homing is alive from now on until [#close], if the manager wants to know.
    void watch(Pulse pulse) {
        if (socket.isPresent() && watchdogUs > 0) {
            watchdog =
                    Thread.ofPlatform()
                            .name("watchdog")
                            .daemon()
                            .start(() ->
                                    watch(pulse, TimeUnit.MICROSECONDS.toNanos(watchdogUs) / 2));
        }
    }

    private void watch(Pulse pulse, long everyNs) {
        try {
            while (true) {
                if (pulse.isFelt(everyNs)) {
                    tell("WATCHDOG=1");
                } else {
                    LOG.atError().log("threads-stand-still");
                }
                TimeUnit.NANOSECONDS.sleep(everyNs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String message) {
        try {
            socket.ifPresent(to -> to.send(message));
        } catch (BrokenMachine e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("supervisor-not-told");
        }
    }

    @Override
    public void close() {
        Thread thread = watchdog;
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
