package dev.homing.bench.soak;

import dev.homing.bench.soak.fleet.ConfigurationFiles;
import dev.homing.bench.soak.fleet.Fleet;
import dev.homing.bench.soak.fleet.HomingLife;
import dev.homing.bench.soak.fleet.Server;
import dev.homing.bench.soak.model.Model;
import dev.homing.bench.soak.model.Violations;
import dev.homing.bench.soak.plan.Plan;
import dev.homing.bench.soak.plan.Source;
import dev.homing.bench.soak.plan.TimedEvent;
import dev.homing.bench.soak.report.Outcome;
import dev.homing.bench.soak.traffic.Crowd;
import dev.homing.bench.soak.traffic.Scene;
import dev.homing.bench.soak.traffic.Tally;
import dev.homing.observe.samples.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs a soak from start to end, on the calling thread.
public final class Soak implements AutoCloseable {

    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final long TICK_MS = 100;
    private static final int LEFT_OVER_SECONDS =
            2 * ConfigurationFiles.IDLE_TIMEOUT_SECONDS
                    + ConfigurationFiles.HALF_OPEN_TIMEOUT_SECONDS;

    private final SoakOptions options;
    private final Consumer<Progress> progress;
    private final long startNanos = System.nanoTime();
    private final Violations violations = new Violations();
    private final Model model = new Model();
    private final Tally tally = new Tally();
    private final Map<String, Integer> events = new HashMap<>();
    private final Fleet fleet;
    private final Crowd crowd;
    private final Ledgers ledgers;
    private final LogCheck logCheck;
    private final Conductor conductor;
    private long lookedNanos;

    /// @param doing the latest event
    public record Progress(
            double seconds, int lives, String doing, Tally.Counts counts, long violations) {}

    /// @param progress told what happens, on the same thread
    public Soak(SoakOptions options, Consumer<Progress> progress) throws IOException {
        this.options = options;
        this.progress = progress;
        fleet = new Fleet(options.folder(), SoakOptions.firstThreads(), options.twist());
        ledgers = new Ledgers(this::now, violations, ConfigurationFiles.BACKEND_PORTS_MAX);
        logCheck = new LogCheck(this::now, violations);
        crowd =
                new Crowd(
                        new Scene(
                                fleet.proxy(),
                                fleet::trusted,
                                model,
                                violations,
                                tally,
                                options.patience(),
                                this::now),
                        options.seed());
        conductor = new Conductor(fleet, crowd, model, violations, ledgers, logCheck, this::now);
    }

    private long now() {
        return System.nanoTime() - startNanos;
    }

    /// For tests that do something behind the model's back.
    Fleet fleet() {
        return fleet;
    }

    /// @throws IOException if the machine does not let it begin
    public Outcome run() throws IOException, InterruptedException {
        fleet.startServers();
        fleet.startHoming();
        conductor.begun();
        crowd.begin();
        Plan plan = new Plan(options.seed(), fleet.sources());
        try {
            wait(WARM_UP, "clients come");
            conductor.rest();
            long endNanos = now() + options.length().toNanos();
            while (now() < endNanos && !isEnough()) {
                TimedEvent next = plan.next();
                wait(next.pause(), "");
                String doing = next.event().toString();
                violations.during(doing);
                events.merge(next.event().kind(), 1, Integer::sum);
                say(doing);
                conductor.perform(next.event());
            }
            if (!isEnough()) {
                end();
            }
        } catch (IOException e) {
            violations.add(now(), "the run must go on", e.toString());
        }
        ledgers.endLife();
        return outcome();
    }

    private boolean isEnough() {
        return options.stopsAtFirst() && violations.count() > 0;
    }

    private void wait(Duration time, String doing) throws IOException, InterruptedException {
        long endNanos = now() + time.toNanos();
        while (now() < endNanos) {
            TimeUnit.MILLISECONDS.sleep(TICK_MS);
            if (now() - lookedNanos > LOOK.toNanos()) {
                lookedNanos = now();
                look();
            }
            say(doing);
        }
    }

    private void look() throws IOException, InterruptedException {
        HomingLife homing = fleet.homing();
        if (!homing.isAlive()) {
            throw new IOException("Homing has ended by itself: " + homing.lastWords());
        }
        ledgers.look(homing);
        logCheck.check(homing);
        for (Server server : fleet.servers()) {
            var words = server.collapse();
            if (words.isPresent()) {
                throw new IOException(server.name() + " has ended by itself: " + words.get());
            }
        }
    }

    private void say(String doing) {
        progress.accept(
                new Progress(
                        now() / 1e9,
                        fleet.homing().number(),
                        doing,
                        tally.counts(),
                        violations.count()));
    }

    /// Everybody leaves: the books balance, and nothing is left of the clients.
    private void end() throws IOException, InterruptedException {
        violations.during("the end");
        say("clients leave");
        if (!crowd.leave()) {
            violations.add(now(), "clients must come to rest", "one does not leave");
        }
        conductor.rest();
        awaitNothingLeft();
        conductor.stopHoming();
    }

    private void awaitNothingLeft() throws IOException, InterruptedException {
        long endNanos = now() + TimeUnit.SECONDS.toNanos(LEFT_OVER_SECONDS);
        while (true) {
            Samples samples = fleet.homing().metrics();
            long sessions = Math.round(samples.sum("homing_sessions"));
            long connectionIds = Math.round(samples.sum("homing_connection_ids"));
            if (sessions == 0 && connectionIds == 0) {
                return;
            }
            if (now() > endNanos) {
                violations.add(
                        now(),
                        "nothing may be left of clients that are gone",
                        sessions + " sessions, " + connectionIds + " connection IDs");
                return;
            }
            say("sessions time out: %d, %d connection IDs".formatted(sessions, connectionIds));
            TimeUnit.MILLISECONDS.sleep(10 * TICK_MS);
        }
    }

    private Outcome outcome() {
        return new Outcome(
                options.seed(),
                fleet.sources().contains(Source.NAME),
                now() / 1e9,
                fleet.homing().number(),
                events,
                tally.counts(),
                ledgers.drops(),
                ledgers.datagrams(),
                ledgers.restsBalanced(),
                ledgers.footprints(),
                violations.list(),
                violations.count());
    }

    /// Ends every process and thread of the run.
    @Override
    public void close() {
        crowd.close();
        fleet.close();
    }
}
