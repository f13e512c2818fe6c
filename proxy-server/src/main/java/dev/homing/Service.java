package dev.homing;

import dev.homing.command.Build;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.IpText;
import dev.homing.ledger.Books;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import dev.homing.linux.BrokenMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a proxy from start to stop, as signals say:
///
/// ```
/// TERM   drain: not ready, no new connections; existing ones go on until none is left or the drain timeout
/// INT    stop at once, also while draining
/// ```
///
/// The main thread.
public final class Service {

    /// The exit code after an orderly stop.
    public static final int STOPPED = 0;

    /// The exit code after INT, as shells expect it: 128 and the signal's number.
    public static final int INTERRUPTED = 130;

    private static final Logger LOG = LoggerFactory.getLogger("homing");
    private static final long LOOK_MS = 100;
    private static final long PROGRESS_NS = TimeUnit.SECONDS.toNanos(5);

    private enum Wish {
        DRAIN,
        STOP
    }

    private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();

    /// Stops as TERM does. Any thread.
    public void drain() {
        wishes.add(Wish.DRAIN);
    }

    /// Stops as INT does. Any thread.
    public void stop() {
        wishes.add(Wish.STOP);
    }

    /// Listens to the process's signals from now on.
    public void obeySignals() {
        Signals.on("TERM", this::drain);
        Signals.on("INT", this::stop);
    }

    /// Runs until told to stop.
    ///
    /// @return the exit code
    /// @throws IOException if the machine does not let it start; the message is a sentence with the
    ///   remedy
    public int run(Configuration configuration) throws IOException, InterruptedException {
        try (ProxyServer server = start(configuration)) {
            sayStarted(server);
            int exitCode =
                    wishes.take() == Wish.STOP
                            ? INTERRUPTED
                            : drain(server, configuration.stop().drainTimeout());
            sayStopped(server);
            return exitCode;
        }
    }

    private static ProxyServer start(Configuration configuration) throws IOException {
        try {
            return ProxyServer.start(configuration);
        } catch (BrokenMachine e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private int drain(ProxyServer server, Duration timeout) throws InterruptedException {
        server.refuseNewConnections();
        long startNs = System.nanoTime();
        long nextProgressNs = startNs;
        while (server.hasSessions()) {
            long nowNs = System.nanoTime();
            if (nowNs - startNs >= timeout.toNanos()) {
                LOG.atWarn()
                        .addKeyValue("sessions_left", sessions(server.books()))
                        .log("drain-timeout");
                return STOPPED;
            }
            if (nowNs - nextProgressNs >= 0) {
                LOG.atInfo()
                        .addKeyValue("sessions_left", sessions(server.books()))
                        .addKeyValue(
                                "seconds_left",
                                timeout.toSeconds()
                                        - TimeUnit.NANOSECONDS.toSeconds(nowNs - startNs))
                        .log("draining");
                nextProgressNs = nowNs + PROGRESS_NS;
            }
            if (wishes.poll(LOOK_MS, TimeUnit.MILLISECONDS) == Wish.STOP) {
                return INTERRUPTED;
            }
        }
        return STOPPED;
    }

    private static void sayStarted(ProxyServer server) {
        String listening =
                server.listenAddresses().stream()
                        .map(IpText::print)
                        .collect(Collectors.joining(","));
        LOG.atInfo()
                .addKeyValue("version", Build.ofThisProcess().version())
                .addKeyValue("listen", listening)
                .addKeyValue("backends", server.routing().backends().size())
                .addKeyValue("receivers", server.receivers())
                .addKeyValue("shards", server.shards())
                .addKeyValue("admin", server.adminAddress().map(IpText::print).orElse("off"))
                .log("started");
        server.remarks().forEach(remark -> LOG.atWarn().addKeyValue("text", remark).log("remark"));
    }

    private static void sayStopped(ProxyServer server) {
        Books books = server.books();
        LOG.atInfo()
                .addKeyValue("received", books.received(Side.CLIENT))
                .addKeyValue("returned", books.sent(Side.CLIENT))
                .addKeyValue("dropped", books.dropped(Side.CLIENT) + books.dropped(Side.BACKEND))
                .addKeyValue("sessions_left", sessions(books))
                .log("stopped");
    }

    private static long sessions(Books books) {
        return books.sessions(SessionState.ESTABLISHED) + books.sessions(SessionState.HALF_OPEN);
    }
}
