package dev.homing.bench.soak;

import dev.homing.bench.soak.fleet.Fleet;
import dev.homing.bench.soak.fleet.HomingLife;
import dev.homing.bench.soak.model.Violations;
import dev.homing.observe.samples.Samples;
import java.io.IOException;
import java.util.function.LongSupplier;

/// Has the name server fail for a while, in which the last answer must stay. The conductor's
/// thread.
final class NameCheck {

    private static final String FAILED = "name-not-resolved";

    private final Fleet fleet;
    private final Violations violations;
    private final LongSupplier clock;
    private int failsInLife;
    private long failedBefore;

    NameCheck(Fleet fleet, Violations violations, LongSupplier clock) {
        this.fleet = fleet;
        this.violations = violations;
        this.clock = clock;
    }

    void fail(boolean isSilent) throws IOException {
        failsInLife = fleet.homing().number();
        failedBefore = fleet.homing().log().count(FAILED);
        fleet.failNames(isSilent);
    }

    /// Returns when Homing has noticed the failure; the name server answers again then. A life that
    /// has begun meanwhile has found one that answers.
    void heal() throws IOException, InterruptedException {
        HomingLife homing = fleet.homing();
        if (failsInLife == homing.number()) {
            if (!homing.awaitLogged(FAILED, failedBefore + 1)) {
                complain("a name server that fails must be noticed", homing.lastWords());
            }
            String backend = fleet.named().name();
            Samples samples = homing.metrics();
            boolean isThere = !samples.all("homing_backend_state", "backend", backend).isEmpty();
            // Who has left the configuration drains.
            boolean hasLeft =
                    samples.sum("homing_backend_state", "backend", backend, "state", "draining")
                            > 0;
            if (!isThere || hasLeft) {
                complain(
                        "the last answer of a name must stay",
                        backend + " has gone: " + homing.lastWords());
            }
        }
        fleet.healNames();
    }

    private void complain(String rule, String evidence) {
        violations.add(clock.getAsLong(), rule, evidence);
    }
}
