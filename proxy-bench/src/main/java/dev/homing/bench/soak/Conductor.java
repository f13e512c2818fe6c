package dev.homing.bench.soak;

import dev.homing.bench.soak.fleet.ConfigurationFile;
import dev.homing.bench.soak.fleet.Fleet;
import dev.homing.bench.soak.fleet.HomingLife;
import dev.homing.bench.soak.fleet.Server;
import dev.homing.bench.soak.model.Cause;
import dev.homing.bench.soak.model.Model;
import dev.homing.bench.soak.model.Violations;
import dev.homing.bench.soak.plan.Event;
import dev.homing.bench.soak.plan.Mistake;
import dev.homing.bench.soak.plan.Threads;
import dev.homing.bench.soak.traffic.Crowd;
import dev.homing.control.reload.Trigger;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Does what the plan says, and tells the model what may fail meanwhile.
///
/// One thread.
final class Conductor {

    /// For how long the limits of new connections remember (`limits.burst`).
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final String RELOADED = "reloaded";
    private static final String UNCHANGED = "reload-unchanged";
    private static final String REFUSED = "reload-refused";

    private final Fleet fleet;
    private final Crowd crowd;
    private final Model model;
    private final Violations violations;
    private final Ledgers ledgers;
    private final LogCheck logCheck;
    private final LongSupplier clock;
    private String inForce = "";

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
    }

    /// @throws IOException if the machine, or Homing, does not let it
    void perform(Event event) throws IOException, InterruptedException {
        ConfigurationFile configuration = fleet.configuration();
        switch (event) {
            case Event.Weights(Trigger trigger, var weights) -> {
                for (int i = 0; i < weights.size(); i++) {
                    configuration.weight(i, weights.get(i));
                }
                reload(trigger);
            }
            case Event.BadFile(Trigger trigger, Mistake mistake) -> reloadBadly(trigger, mistake);
            case Event.Drain(Trigger trigger, int server) -> {
                configuration.drain(server, true);
                reload(trigger);
                takesNew(server, false);
            }
            case Event.Activate(Trigger trigger, int server) -> {
                takesNew(server, true);
                configuration.drain(server, false);
                reload(trigger);
            }
            case Event.Remove(Trigger trigger, int server) -> remove(trigger, server);
            case Event.Add(Trigger trigger, int server) -> {
                takesNew(server, true);
                configuration.list(server, true);
                reload(trigger);
                followsMoves(server, true);
            }
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

    private void reload(Trigger trigger) throws IOException, InterruptedException {
        logCheck.check(fleet.homing());
        apply(trigger);
    }

    /// What holds in Homing now is what is to hold.
    void begun() {
        inForce = fleet.configuration().text();
    }

    private void apply(Trigger trigger) throws IOException, InterruptedException {
        HomingLife homing = fleet.homing();
        String next = fleet.configuration().text();
        boolean isChanged = !next.equals(inForce);
        if (!isChanged && trigger == Trigger.FILES && fleet.configuration().isWritten()) {
            return; // nobody notices a file that is as it was
        }
        String event = isChanged ? RELOADED : UNCHANGED;
        long before = homing.log().count(event);
        fleet.configuration().write();
        tell(trigger, homing);
        if (!homing.awaitLogged(event, before + 1)) {
            violations.add(
                    clock.getAsLong(),
                    "a good configuration must be taken",
                    "no '" + event + "' " + trigger + "; " + homing.lastWords());
        }
        inForce = next;
    }

    private void reloadBadly(Trigger trigger, Mistake mistake)
            throws IOException, InterruptedException {
        HomingLife homing = fleet.homing();
        logCheck.check(homing);
        long refused = homing.log().count(REFUSED);
        long reloaded = homing.log().count(RELOADED);
        fleet.configuration().write(mistake);
        tell(trigger, homing);
        boolean isRefused = homing.awaitLogged(REFUSED, refused + 1);
        if (!isRefused || homing.log().count(RELOADED) > reloaded) {
            violations.add(
                    clock.getAsLong(),
                    "a bad configuration must be refused",
                    "with " + mistake + ": " + homing.lastWords());
        }
        apply(trigger);
        logCheck.forgive(homing);
    }

    private static void tell(Trigger trigger, HomingLife homing)
            throws IOException, InterruptedException {
        switch (trigger) {
            case HUP -> homing.hangUp();
            case FILES, NAMES -> {} // it is written: that is all
            case REQUEST -> homing.postReload();
        }
    }

    /// What is there goes on. But its server ID has to go with it, so that nothing tells whose a
    /// client is that comes from elsewhere.
    private void remove(Trigger trigger, int server) throws IOException, InterruptedException {
        ledgers.happened(Cause.SERVER_REMOVED);
        followsMoves(server, false);
        fleet.configuration().list(server, false);
        reload(trigger);
        takesNew(server, false);
    }

    /// Attempts may fail until Homing has found out.
    private void kill(int number) throws IOException, InterruptedException {
        Server server = fleet.server(number);
        ledgers.happened(Cause.SERVER_KILLED);
        Model.Outage outage = model.outage(server.name() + " was killed", clock.getAsLong());
        model.lost(server.name(), "it was killed", clock.getAsLong());
        server.kill();
        awaitFound(server);
        // Of those that were being made a moment ago.
        model.lost(server.name(), "it was killed", clock.getAsLong());
        outage.end(clock.getAsLong());
    }

    private void awaitFound(Server down) throws IOException, InterruptedException {
        if (!fleet.homing().awaitDown(down.name())) {
            violations.add(
                    clock.getAsLong(),
                    "a server that is down must be found down",
                    down.name() + ": " + fleet.homing().lastWords());
        }
    }

    private void killHoming(int downMillis, Threads next) throws IOException, InterruptedException {
        Model.Outage outage = model.outageOfHoming("Homing was killed", clock.getAsLong());
        forgetUnlisted();
        ledgers.look(fleet.homing());
        fleet.homing().kill();
        logCheck.checkAll(fleet.homing());
        TimeUnit.MILLISECONDS.sleep(downMillis);
        begin(next);
        outage.end(clock.getAsLong());
    }

    private void restartHoming(Threads next) throws IOException, InterruptedException {
        Model.Outage outage = model.outageOfHoming("Homing stops", clock.getAsLong());
        forgetUnlisted();
        ledgers.happened(Cause.STOPPING);
        ledgers.look(fleet.homing());
        stopHoming();
        begin(next);
        outage.end(clock.getAsLong());
    }

    /// The next life will not know of servers that are not in its configuration.
    private void forgetUnlisted() {
        for (int i = 0; i < fleet.servers().size(); i++) {
            if (!fleet.configuration().isListed(i)) {
                model.lost(
                        fleet.server(i).name(),
                        "Homing was started again without it",
                        clock.getAsLong());
            }
        }
    }

    private void begin(Threads next) throws IOException, InterruptedException {
        fleet.configuration().threads(next);
        fleet.startHoming();
        begun();
        ledgers.newLife();
        logCheck.newLife();
        // It thinks well of everybody until it knows better.
        for (Server server : fleet.servers()) {
            if (!server.isUp()) {
                ledgers.happened(Cause.SERVER_KILLED);
                awaitFound(server);
            }
        }
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
