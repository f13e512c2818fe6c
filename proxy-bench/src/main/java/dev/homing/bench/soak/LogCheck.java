package dev.homing.bench.soak;

import dev.homing.bench.soak.fleet.HomingLife;
import dev.homing.bench.soak.fleet.HomingLog;
import dev.homing.bench.soak.model.Violations;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/// Reads the log of a life: its errors are those that were provoked, and no others. The conductor's
/// thread.
final class LogCheck {

    private final LongSupplier clock;
    private final Violations violations;
    private int read;

    LogCheck(LongSupplier clock, Violations violations) {
        this.clock = clock;
        this.violations = violations;
    }

    void newLife() {
        read = 0;
    }

    /// Whatever has been logged until now and was not checked yet was not provoked.
    void check(HomingLife homing) throws IOException {
        List<HomingLog.Entry> entries = homing.log().entries();
        for (HomingLog.Entry entry : entries.subList(read, entries.size())) {
            if (entry.isError()) {
                violations.add(
                        clock.getAsLong(),
                        "the log must have no error but those provoked",
                        entry.text());
            }
        }
        read = entries.size();
    }

    /// Whatever has been logged since was provoked.
    void forgive(HomingLife homing) throws IOException {
        read = homing.log().entries().size();
    }

    /// At the end of a life.
    void checkAll(HomingLife homing) throws IOException {
        check(homing);
        String complaints = homing.complaints();
        if (!complaints.isEmpty()) {
            violations.add(
                    clock.getAsLong(),
                    "Homing must write nothing to standard error",
                    "life " + homing.number() + ": " + complaints);
        }
    }
}
