package dev.homing.bench.soak;

import dev.homing.bench.soak.fleet.ConfigurationFiles;
import dev.homing.bench.soak.fleet.Fleet;
import dev.homing.bench.soak.fleet.HomingLife;
import dev.homing.bench.soak.model.Violations;
import dev.homing.bench.soak.plan.Mistake;
import dev.homing.control.reload.Trigger;
import java.io.IOException;
import java.util.function.LongSupplier;

/// Has Homing read its configuration again: good ones must be taken, bad ones refused. The
/// conductor's thread.
final class ReloadCheck {

    private static final String RELOADED = "reloaded";
    private static final String UNCHANGED = "reload-unchanged";
    private static final String REFUSED = "reload-refused";

    private final Fleet fleet;
    private final Violations violations;
    private final LogCheck logCheck;
    private final LongSupplier clock;
    private String inForce = "";

    ReloadCheck(Fleet fleet, Violations violations, LogCheck logCheck, LongSupplier clock) {
        this.fleet = fleet;
        this.violations = violations;
        this.logCheck = logCheck;
        this.clock = clock;
    }

    /// What holds in Homing now is what is to hold.
    void begun() {
        inForce = fleet.configuration().text();
    }

    /// Returns when what is to hold does.
    void reload(Trigger trigger) throws IOException, InterruptedException {
        logCheck.check(fleet.homing());
        apply(trigger);
    }

    private void apply(Trigger trigger) throws IOException, InterruptedException {
        HomingLife homing = fleet.homing();
        ConfigurationFiles configuration = fleet.configuration();
        String next = configuration.text();
        boolean isChanged = !next.equals(inForce);
        if (!isChanged && trigger == Trigger.FILES && configuration.isWritten()) {
            return; // nobody notices a file that is as it was
        }
        String event = isChanged ? RELOADED : UNCHANGED;
        long before = homing.log().count(event);
        configuration.write();
        tell(trigger, homing);
        if (!homing.awaitLogged(event, before + 1)) {
            violations.add(
                    clock.getAsLong(),
                    "a good configuration must be taken",
                    "no '" + event + "' by " + trigger + "; " + homing.lastWords());
        }
        inForce = next;
    }

    /// Returns when the bad one was refused, and the good one is there again.
    void reloadBadly(Trigger trigger, Mistake mistake) throws IOException, InterruptedException {
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
            case REQUEST -> homing.post("/config/reload");
            case FILES, NAMES -> {} // it is written: that is all
        }
    }
}
