package dev.homing.bench.soak;

import dev.homing.bench.soak.fleet.ConfigurationFiles;
import dev.homing.bench.soak.fleet.Fleet;
import dev.homing.bench.soak.fleet.HomingLife;
import dev.homing.bench.soak.fleet.Server;
import dev.homing.bench.soak.model.Cause;
import dev.homing.bench.soak.model.Model;
import dev.homing.bench.soak.model.Violations;
import dev.homing.bench.soak.plan.Event;
import dev.homing.bench.soak.plan.Mistake;
import dev.homing.bench.soak.plan.Source;
import dev.homing.bench.soak.plan.Threads;
import dev.homing.bench.soak.traffic.Crowd;
import dev.homing.control.reload.Trigger;
import java.io.IOException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Does what the plan says, and tells the model what may fail meanwhile.
///
/// One thread.
final class Conductor {

    /// For how long the limits of new connections remember (`limits.burst`).
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Fleet fleet;
    private final Crowd crowd;
    private final Model model;
    private final Violations violations;
    private final Ledgers ledgers;
    private final LogCheck logCheck;
    private final LongSupplier clock;
    private final ReloadCheck reloads;
    private final NameCheck names;

    /// Drained by requests, which no later life of Homing knows of.
    private final Set<Integer> drainedByRequest = new HashSet<>();

    Conductor(
            Fleet fleet,
            Crowd crowd,
            Model model,
            Violations violations,
            Ledgers ledgers,
            LogCheck logCheck,
            LongSupplier clock) {
        this.fleet = fleet;
        this.crowd = crowd;
        this.model = model;
        this.violations = violations;
        this.ledgers = ledgers;
        this.logCheck = logCheck;
        this.clock = clock;
        reloads = new ReloadCheck(fleet, violations, logCheck, clock);
        names = new NameCheck(fleet, violations, clock);
        for (int i = 0; i < fleet.sources().size(); i++) {
            if (fleet.sources().get(i) != Source.CONFIGURATION) {
                model.isRemembered(fleet.server(i).name());
            }
        }
    }

    /// Homing has started, with all that is to hold.
    void begun() {
        reloads.begun();
    }

    /// @throws IOException if the machine, or Homing, does not let it
    void perform(Event event) throws IOException, InterruptedException {
        ConfigurationFiles configuration = fleet.configuration();
        switch (event) {
            case Event.Weights(Trigger trigger, var weights) -> {
                for (int i = 0; i < weights.size(); i++) {
                    configuration.weight(i, weights.get(i));
                }
                reloads.reload(trigger);
            }
            case Event.BadFile(Trigger trigger, Mistake mistake) ->
                    reloads.reloadBadly(trigger, mistake);
            case Event.Drain(Trigger trigger, int server) -> {
                configuration.drain(server, true);
                reloads.reload(trigger);
                takesNew(server, false);
            }
            case Event.Activate(Trigger trigger, int server) -> {
                takesNew(server, true);
                configuration.drain(server, false);
                reloads.reload(trigger);
            }
            case Event.DrainByRequest(int server) -> {
                request(server, "drain", true);
                takesNew(server, false);
                drainedByRequest.add(server);
            }
            case Event.ActivateByRequest(int server) -> {
                takesNew(server, true);
                request(server, "activate", false);
                drainedByRequest.remove(server);
            }
            case Event.Remove(Source from, Trigger trigger, int server) -> {
                ledgers.happened(Cause.SERVER_REMOVED);
                if (from == Source.CONFIGURATION) {
                    remove(trigger, server);
                } else {
                    replace(trigger, server);
                }
            }
            case Event.Add(Source to, Trigger trigger, int server) -> {
                takesNew(server, true);
                configuration.add(server);
                fleet.tellNames();
                reloads.reload(trigger);
                followsMoves(server, true);
            }
            case Event.NameServerFails(boolean isSilent) -> names.fail(isSilent);
            case Event.NameServerHeals() -> names.heal();
            case Event.KillServer(int server) -> kill(server);
            case Event.StartServer(int server) -> fleet.server(server).start();
            case Event.KillHoming(int downMillis, Threads next) -> killHoming(downMillis, next);
            case Event.RestartHoming(Threads next) -> restartHoming(next);
            case Event.Rebind(int clients) -> {
                ledgers.happened(Cause.REBOUND);
                crowd.move(clients);
            }
            case Event.Flood flood -> {
                ledgers.happened(
                        switch (flood.of()) {
                            case INITIALS -> Cause.INITIALS;
                            case NOISE -> Cause.NOISE;
                        });
                Model.Outage crowded = model.outage("a flood is on", clock.getAsLong());
                crowd.flood(flood, () -> crowded.end(clock.getAsLong() + LIMIT_NANOS));
            }
            case Event.Burst(int clients) -> {
                ledgers.happened(Cause.BURST);
                crowd.burst(clients);
            }
            case Event.Rest() -> rest();
        }
    }

    private void takesNew(int server, boolean takesNew) {
        model.takesNew(fleet.server(server).name(), takesNew, clock.getAsLong());
    }

    private void followsMoves(int server, boolean follows) {
        model.followsMoves(fleet.server(server).name(), follows, clock.getAsLong());
    }

    /// @param isDrained what is to be said of it then
    private void request(int server, String deed, boolean isDrained)
            throws IOException, InterruptedException {
        String path = "/backends/" + fleet.server(server).name() + "/" + deed;
        String answer = fleet.homing().post(path);
        if (!answer.startsWith("200 ") || !answer.contains("\"drained\":" + isDrained)) {
            violations.add(
                    clock.getAsLong(),
                    "a request at the admin address must be carried out",
                    path + ": " + answer);
        }
    }

    /// What is there goes on. But its server ID has to go with it, so that nothing tells whose a
    /// client is that comes from elsewhere.
    private void remove(Trigger trigger, int server) throws IOException, InterruptedException {
        followsMoves(server, false);
        fleet.configuration().remove(server);
        reloads.reload(trigger);
        takesNew(server, false);
    }

    /// What is there goes on, and is remembered wherever it comes from. In the server's place there
    /// is an address at which nobody answers; attempts may fail until Homing has found out.
    private void replace(Trigger trigger, int server) throws IOException, InterruptedException {
        Model.Outage outage =
                model.outage(
                        "nobody is in the place of " + fleet.server(server).name(),
                        clock.getAsLong());
        fleet.configuration().remove(server);
        fleet.tellNames();
        reloads.reload(trigger);
        takesNew(server, false);
        awaitDeadFound();
        outage.end(clock.getAsLong());
    }

    /// Attempts may fail until Homing has found out.
    private void kill(int number) throws IOException, InterruptedException {
        Server server = fleet.server(number);
        ledgers.happened(Cause.SERVER_KILLED);
        Model.Outage outage = model.outage(server.name() + " was killed", clock.getAsLong());
        model.lost(server.name(), "it was killed", clock.getAsLong());
        server.kill();
        awaitDeadFound();
        // Of those that were being made a moment ago.
        model.lost(server.name(), "it was killed", clock.getAsLong());
        outage.end(clock.getAsLong());
    }

    private void awaitDeadFound() throws IOException, InterruptedException {
        for (String address : fleet.deadAddresses()) {
            if (!fleet.homing().awaitDown(address)) {
                violations.add(
                        clock.getAsLong(),
                        "a server that is down must be found down",
                        address + ": " + fleet.homing().lastWords());
            }
        }
    }

    private void killHoming(int downMillis, Threads next) throws IOException, InterruptedException {
        Model.Outage outage = model.outageOfHoming("Homing was killed", clock.getAsLong());
        forgetRemembered();
        ledgers.look(fleet.homing());
        fleet.homing().kill();
        forgetRemembered();
        logCheck.checkAll(fleet.homing());
        TimeUnit.MILLISECONDS.sleep(downMillis);
        begin(next);
        outage.end(clock.getAsLong());
    }

    private void restartHoming(Threads next) throws IOException, InterruptedException {
        Model.Outage outage = model.outageOfHoming("Homing stops", clock.getAsLong());
        forgetRemembered();
        ledgers.happened(Cause.STOPPING);
        ledgers.look(fleet.homing());
        stopHoming();
        forgetRemembered();
        begin(next);
        outage.end(clock.getAsLong());
    }

    /// The next life will not know of them. Said before a life ends and after: there are those that
    /// notice at once, and those that have come at the last moment.
    private void forgetRemembered() {
        for (Server server : fleet.remembered()) {
            model.lost(server.name(), "Homing was started again", clock.getAsLong());
        }
        drainedByRequest.forEach(server -> takesNew(server, true));
        drainedByRequest.clear();
    }

    private void begin(Threads next) throws IOException, InterruptedException {
        fleet.configuration().threads(next);
        fleet.startHoming();
        begun();
        ledgers.newLife();
        logCheck.newLife();
        // It thinks well of everybody until it knows better.
        if (!fleet.deadAddresses().isEmpty()) {
            ledgers.happened(Cause.SERVER_KILLED);
        }
        awaitDeadFound();
    }

    /// By TERM.
    void stopHoming() throws IOException, InterruptedException {
        HomingLife homing = fleet.homing();
        OptionalInt code = homing.stop();
        if (code.isEmpty() || code.getAsInt() != 0 || homing.log().count("stopped") != 1) {
            violations.add(
                    clock.getAsLong(),
                    "Homing must stop in order",
                    "exit code " + code + "; " + homing.lastWords());
        }
        logCheck.checkAll(homing);
    }

    void rest() throws InterruptedException {
        if (!crowd.pause()) {
            violations.add(clock.getAsLong(), "clients must come to rest", "one goes on and on");
        }
        ledgers.rest(fleet.homing());
        crowd.goOn();
    }
}
