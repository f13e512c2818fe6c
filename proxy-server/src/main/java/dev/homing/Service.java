package dev.homing;

import dev.homing.command.Build;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.Restart;
import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Warning;
import dev.homing.control.config.value.IpText;
import dev.homing.ledger.Books;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import dev.homing.linux.BrokenMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a proxy from start to stop, as signals say:
///
/// ```
/// HUP    read the configuration again: pools, backends, schemes and weights change at once, or nothing does
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
        RELOAD,
        DRAIN,
        STOP
    }

    private final Supplier<Outcome> again;
    private final Supervisor supervisor;
    private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();

    /// @param again reads the configuration once more, from the same places
    public Service(Supplier<Outcome> again) {
        this(again, Supervisor.none());
    }

    /// @param supervisor is told how it goes, and closed at the end
    Service(Supplier<Outcome> again, Supervisor supervisor) {
        this.again = again;
        this.supervisor = supervisor;
    }

    /// Reads the configuration again, as HUP does. Any thread.
    public void reload() {
        wishes.add(Wish.RELOAD);
    }

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
        Signals.on("HUP", this::reload);
        Signals.on("TERM", this::drain);
        Signals.on("INT", this::stop);
    }

    /// Runs until told to stop.
    ///
    /// @return the exit code
    /// @throws IOException if the machine does not let it start; the message is a sentence with the
    ///   remedy
    public int run(Configuration configuration) throws IOException, InterruptedException {
        return run(configuration, server -> {});
    }

    /// Runs until told to stop.
    ///
    /// @param whenStarted called by this thread before it waits to be told anything
    /// @return the exit code
    /// @throws IOException as [#run(Configuration)] does
    int run(Configuration configuration, Consumer<ProxyServer> whenStarted)
            throws IOException, InterruptedException {
        try (ProxyServer server = start(configuration);
                Supervisor watching = supervisor) {
            watching.watch(server::answers);
            sayStarted(server);
            supervisor.ready(status(server));
            whenStarted.accept(server);
            Wish end = wishes.take();
            while (end == Wish.RELOAD) {
                reload(server);
                end = wishes.take();
            }
            int exitCode =
                    end == Wish.STOP
                            ? INTERRUPTED
                            : drain(server, server.configuration().stop().drainTimeout());
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

    /// A configuration with a problem, or with a change that needs a restart, is refused whole.
    private void reload(ProxyServer server) {
        supervisor.reloading();
        boolean isTaken = takeAgain(server);
        supervisor.ready(
                (isTaken ? "" : "Reload refused, the log says why; the old configuration stays. ")
                        + status(server));
    }

    private boolean takeAgain(ProxyServer server) {
        switch (again.get()) {
            case Outcome.Refused(List<Problem> problems, List<Warning> warnings) -> {
                problems.forEach(problem -> LOG.atError().log(problem.toString()));
                LOG.atError()
                        .addKeyValue("problems", problems.size())
                        .addKeyValue(
                                "remedy",
                                "the old configuration stays; correct it and send HUP again")
                        .log("reload-refused");
                return false;
            }
            case Outcome.Accepted(Configuration changed, List<Warning> warnings) -> {
                warnings.forEach(warning -> LOG.atWarn().log(warning.toString()));
                return apply(server, changed);
            }
        }
    }

    private static boolean apply(ProxyServer server, Configuration changed) {
        List<String> restart = Restart.keysChanged(server.configuration(), changed);
        if (!restart.isEmpty()) {
            LOG.atError()
                    .addKeyValue("keys", String.join(",", restart))
                    .addKeyValue("remedy", "these need a restart; the old configuration stays")
                    .log("reload-refused");
            return false;
        }
        server.changePools(changed);
        LOG.atInfo()
                .addKeyValue("table", server.routing().number())
                .addKeyValue("pools", changed.pools().size())
                .addKeyValue("backends", server.routing().backends().size())
                .log("reloaded");
        sayRemarks(server);
        return true;
    }

    private int drain(ProxyServer server, Duration timeout) throws InterruptedException {
        server.refuseNewConnections();
        supervisor.stopping(timeout);
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
                supervisor.status("Draining: %d sessions left".formatted(sessions(server.books())));
                nextProgressNs = nowNs + PROGRESS_NS;
            }
            if (wishes.poll(LOOK_MS, TimeUnit.MILLISECONDS) == Wish.STOP) {
                return INTERRUPTED;
            }
        }
        return STOPPED;
    }

    private static String listening(ProxyServer server) {
        return server.listenAddresses().stream()
                .map(IpText::print)
                .collect(Collectors.joining(","));
    }

    private static String status(ProxyServer server) {
        return "Forwarding from %s to %d backends"
                .formatted(listening(server), server.routing().backends().size());
    }

    private static void sayStarted(ProxyServer server) {
        LOG.atInfo()
                .addKeyValue("version", Build.ofThisProcess().version())
                .addKeyValue("listen", listening(server))
                .addKeyValue("backends", server.routing().backends().size())
                .addKeyValue("receivers", server.receivers())
                .addKeyValue("shards", server.shards())
                .addKeyValue("admin", server.adminAddress().map(IpText::print).orElse("off"))
                .log("started");
        sayRemarks(server);
    }

    private static void sayRemarks(ProxyServer server) {
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
