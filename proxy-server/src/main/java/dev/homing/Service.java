package dev.homing;

import dev.homing.command.Build;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.FileRead;
import dev.homing.control.config.value.IpText;
import dev.homing.control.reload.ReloadResult;
import dev.homing.control.reload.Trigger;
import dev.homing.control.watch.FileWatch;
import dev.homing.ledger.Books;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import dev.homing.linux.BrokenMachine;
import dev.homing.observe.metrics.reading.NamesReading;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a proxy from start to stop, as signals and others say:
///
/// ```
/// HUP    read the configuration again: pools, backends, schemes and weights change at once, or nothing does
/// TERM   drain: not ready, no new connections; existing ones go on until none is left or the drain timeout
/// INT    stop at once, also while draining
/// ```
///
/// It is read again, too, when a request at the admin address says so, and when a file that it came
/// from holds something else. When a name in it has other addresses, the text in force is judged
/// again, without its files. There is one way for all of them, so that nothing comes into force
/// that a start would not take.
///
/// The main thread.
public final class Service {

    /// The exit code after an orderly stop.
    public static final int STOPPED = 0;

    /// The exit code after INT, as shells expect it: 128 and the signal's number.
    public static final int INTERRUPTED = 130;

    private static final Logger LOG = LoggerFactory.getLogger("homing");
    private static final long LOOK_MS = 100;
    private static final long CHORES_MS = 1000;
    private static final long PROGRESS_NS = TimeUnit.SECONDS.toNanos(5);

    private sealed interface Wish {

        /// @param result for whoever waits for it
        record Reload(Trigger trigger, CompletableFuture<ReloadResult> result) implements Wish {}

        enum End implements Wish {
            DRAIN,
            STOP
        }
    }

    private final Supplier<Outcome> again;
    private final Supplier<NamesReading> names;
    private final Supervisor supervisor;
    private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();

    /// @param again reads the configuration once more, from the same places
    public Service(Supplier<Outcome> again) {
        this(again, () -> NamesReading.NONE, Supervisor.none());
    }

    /// @param again reads the configuration once more, from the same places
    /// @param names how it resolves the names of backends
    /// @param supervisor is told how it goes, and closed at the end
    Service(Supplier<Outcome> again, Supplier<NamesReading> names, Supervisor supervisor) {
        this.again = again;
        this.names = names;
        this.supervisor = supervisor;
    }

    /// Reads the configuration again. Any thread.
    ///
    /// @return what comes of it
    public CompletableFuture<ReloadResult> reload(Trigger trigger) {
        CompletableFuture<ReloadResult> result = new CompletableFuture<>();
        wishes.add(new Wish.Reload(trigger, result));
        return result;
    }

    /// Stops as TERM does. Any thread.
    public void drain() {
        wishes.add(Wish.End.DRAIN);
    }

    /// Stops as INT does. Any thread.
    public void stop() {
        wishes.add(Wish.End.STOP);
    }

    /// Listens to the process's signals from now on.
    public void obeySignals() {
        Signals.on("HUP", () -> reload(Trigger.HUP));
        Signals.on("TERM", this::drain);
        Signals.on("INT", this::stop);
    }

    /// Runs until told to stop.
    ///
    /// @param files that the configuration came from
    /// @return the exit code
    /// @throws IOException if the machine does not let it start; the message is a sentence with the
    ///   remedy
    public int run(Outcome.Accepted first) throws IOException, InterruptedException {
        return run(first, server -> {});
    }

    /// Runs until told to stop.
    ///
    /// @param whenStarted called by this thread before it waits to be told anything
    /// @return the exit code
    /// @throws IOException as [#run(Outcome.Accepted)] does
    int run(Outcome.Accepted first, Consumer<ProxyServer> whenStarted)
            throws IOException, InterruptedException {
        try (ProxyServer server = start(first.configuration());
                Supervisor watching = supervisor;
                FileWatch watch = new FileWatch(() -> reload(Trigger.FILES))) {
            watching.watch(server::answers);
            watch(watch, server, first.files());
            sayStarted(server);
            supervisor.ready(status(server));
            whenStarted.accept(server);
            Wish.End end = untilTheEnd(server, watch, first);
            int exitCode =
                    end == Wish.End.STOP
                            ? INTERRUPTED
                            : drain(server, server.configuration().stop().drainTimeout());
            sayStopped(server);
            return exitCode;
        }
    }

    private ProxyServer start(Configuration configuration) throws IOException {
        try {
            return ProxyServer.start(
                    configuration, new Surroundings(() -> reload(Trigger.REQUEST), names));
        } catch (BrokenMachine e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void watch(FileWatch watch, ProxyServer server, List<FileRead> files) {
        watch.watch(server.configuration().reload().watch() ? files : List.of());
    }

    private Wish.End untilTheEnd(ProxyServer server, FileWatch watch, Outcome.Accepted first)
            throws InterruptedException {
        Outcome.Accepted inForce = first;
        while (true) {
            Wish wish = wishes.poll(CHORES_MS, TimeUnit.MILLISECONDS);
            switch (wish) {
                case null -> server.forgetLeftBackends();
                case Wish.Reload reload -> inForce = reload(server, watch, inForce, reload);
                case Wish.End end -> {
                    return end;
                }
            }
        }
    }

    /// For all who have asked for it until now.
    ///
    /// @return what is in force then
    private Outcome.Accepted reload(
            ProxyServer server, FileWatch watch, Outcome.Accepted inForce, Wish.Reload first) {
        List<Wish.Reload> asked = reloadsAsked();
        asked.addFirst(first);
        supervisor.reloading();
        Trigger trigger = trigger(asked);
        ReloadResult result;
        Outcome.Accepted then = inForce;
        try {
            Outcome outcome = read(trigger, inForce);
            result = Reloading.apply(server, outcome, trigger);
            if (trigger != Trigger.NAMES) {
                watch(watch, server, outcome.files());
            }
            if (outcome instanceof Outcome.Accepted accepted
                    && !(result instanceof ReloadResult.Refused)) {
                then = accepted;
            } else {
                // Names are followed that were asked for last, which are those of what was refused.
                Outcome _ = inForce.withNamesOfNow().get();
            }
        } catch (RuntimeException e) {
            // A defect of ours in the reading of some text is no reason to end what works.
            LOG.atError().setCause(e).log("reload-failed");
            result =
                    Surroundings.refused(
                            "reading the configuration failed: " + e,
                            "The reason is in the log; please report it.");
            server.reloads().note(result, trigger, server.reloads().state().hash());
        }
        String refused =
                result instanceof ReloadResult.Refused
                        ? "Reload refused, the log says why; the old configuration stays. "
                        : "";
        supervisor.ready(refused + status(server));
        ReloadResult made = result;
        asked.forEach(one -> one.result().complete(made));
        return then;
    }

    /// What a name says now comes into force whatever has become of the files meanwhile.
    private Outcome read(Trigger trigger, Outcome.Accepted inForce) {
        return trigger == Trigger.NAMES ? inForce.withNamesOfNow().get() : again.get();
    }

    private List<Wish.Reload> reloadsAsked() {
        List<Wish.Reload> asked = new ArrayList<>();
        wishes.removeIf(wish -> {
            if (wish instanceof Wish.Reload reload) {
                asked.add(reload);
            }
            return wish instanceof Wish.Reload;
        });
        return asked;
    }

    /// Names alone only if nobody has asked for more.
    private static Trigger trigger(List<Wish.Reload> asked) {
        return asked.stream()
                .map(Wish.Reload::trigger)
                .filter(trigger -> trigger != Trigger.NAMES)
                .findFirst()
                .orElse(Trigger.NAMES);
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
            Wish wish = wishes.poll(LOOK_MS, TimeUnit.MILLISECONDS);
            if (wish == Wish.End.STOP) {
                return INTERRUPTED;
            }
            if (wish instanceof Wish.Reload reload) {
                reload.result()
                        .complete(
                                Surroundings.refused(
                                        "Homing is about to stop", "Ask another instance."));
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
        Remarks.log(LOG, server);
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
