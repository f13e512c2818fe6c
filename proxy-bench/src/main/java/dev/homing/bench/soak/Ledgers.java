package dev.homing.bench.soak;

import dev.homing.bench.soak.fleet.HomingLife;
import dev.homing.bench.soak.model.Cause;
import dev.homing.bench.soak.model.DatagramCounts;
import dev.homing.bench.soak.model.DropCauses;
import dev.homing.bench.soak.model.Footprint;
import dev.homing.bench.soak.model.FootprintBounds;
import dev.homing.bench.soak.model.Violations;
import dev.homing.observe.samples.Samples;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Looks into the books, the memory and the descriptors of one life of Homing after the other.
///
/// The conductor's thread.
final class Ledgers {

    /// More than any shape of a few threads has: receiving and sending, and the queues between.
    private static final long SLOTS = 8_192;

    private static final long REST_SECONDS = 20;
    private static final long LOOK_MS = 150;

    private final LongSupplier clock;
    private final Violations violations;
    private final FootprintBounds bounds;
    private final Set<Cause> happened = EnumSet.noneOf(Cause.class);
    private final Set<String> told = new HashSet<>();
    private final Map<String, Long> drops = new TreeMap<>();
    private @Nullable DatagramCounts latest;
    private long datagrams;
    private int restsBalanced;

    Ledgers(LongSupplier clock, Violations violations, long backendPorts) {
        this.clock = clock;
        this.violations = violations;
        bounds = new FootprintBounds(backendPorts);
    }

    void happened(Cause cause) {
        happened.add(cause);
    }

    /// A life begins with empty books, in a world that remembers the one before.
    void newLife() {
        endLife();
        happened.clear();
        told.clear();
        happened.add(Cause.EARLIER_LIFE);
    }

    /// Counts what the life that ends has said last.
    void endLife() {
        DatagramCounts last = latest;
        if (last != null) {
            last.drops().forEach((reason, count) -> drops.merge(reason, count, Long::sum));
            datagrams += last.receivedFromClients() + last.receivedFromBackends();
        }
        latest = null;
    }

    /// Reads the books while traffic flows.
    void look(HomingLife homing) throws InterruptedException {
        try {
            take(DatagramCounts.of(homing.metrics()), homing);
        } catch (IOException e) {
            violations.add(
                    clock.getAsLong(), "Homing must answer at its admin address", e.toString());
        }
    }

    private void take(DatagramCounts now, HomingLife homing) {
        if (latest != null) {
            now.whyImpossible(latest, SLOTS)
                    .ifPresent(why ->
                            violations.add(
                                    clock.getAsLong(),
                                    "no more datagrams may be missing than there are slots",
                                    why));
        }
        now.drops()
                .forEach((reason, count) -> {
                    if (!DropCauses.mayAppear(reason, happened) && told.add(reason)) {
                        violations.add(
                                clock.getAsLong(),
                                "every drop must have a cause",
                                "%d of %s in life %d, in which there was %s"
                                        .formatted(count, reason, homing.number(), happened));
                    }
                });
        latest = now;
    }

    /// Reads the books while nobody sends, until they balance; and what the process takes.
    void rest(HomingLife homing) throws InterruptedException {
        try {
            balance(homing);
            homing.collectRubbish();
            measure(homing);
        } catch (IOException e) {
            violations.add(
                    clock.getAsLong(), "Homing must answer at its admin address", e.toString());
        }
    }

    private void balance(HomingLife homing) throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(REST_SECONDS);
        DatagramCounts before = DatagramCounts.of(homing.metrics());
        while (true) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            DatagramCounts now = DatagramCounts.of(homing.metrics());
            take(now, homing);
            if (now.isBalanced() && now.isStillAs(before)) {
                restsBalanced++;
                return;
            }
            if (System.nanoTime() - endNanos > 0) {
                violations.add(
                        clock.getAsLong(),
                        "the books must balance at rest",
                        now.isStillAs(before)
                                ? now.toString()
                                : "datagrams go on coming: " + before + ", then " + now);
                return;
            }
            before = now;
        }
    }

    private void measure(HomingLife homing) throws IOException, InterruptedException {
        Samples samples = homing.metrics();
        long ports = Math.round(samples.sum("homing_backend_ports"));
        Footprint now =
                new Footprint(
                        homing.number(),
                        clock.getAsLong(),
                        homing.residentBytes(),
                        homing.outsideHeapBytes(),
                        Math.round(samples.sum("jvm_memory_used_bytes", "area", "heap")),
                        homing.descriptors() - ports,
                        ports);
        for (String wrong : bounds.add(now)) {
            violations.add(clock.getAsLong(), "memory and open files must be bounded", wrong);
        }
    }

    List<Footprint> footprints() {
        return bounds.readings();
    }

    Map<String, Long> drops() {
        return Map.copyOf(drops);
    }

    long datagrams() {
        return datagrams;
    }

    int restsBalanced() {
        return restsBalanced;
    }
}
