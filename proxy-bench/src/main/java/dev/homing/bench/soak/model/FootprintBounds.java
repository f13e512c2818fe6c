package dev.homing.bench.soak.model;

import java.util.ArrayList;
import java.util.List;

/// What a process may take, and how much more than before. The conductor's thread.
public final class FootprintBounds {

    private static final long MEBI = 1 << 20;

    /// Slots are pages that stay once a burst has used them; code and stacks grow for a while.
    static final long OUTSIDE_HEAP_GROWTH = 64 * MEBI;

    static final long HEAP_GROWTH = 12 * MEBI;
    static final long RESIDENT = 512 * MEBI;

    /// Threads have descriptors, and lives differ in threads; a scrape has one.
    static final long DESCRIPTOR_GROWTH = 24;

    private final long backendPorts;
    private final List<Footprint> readings = new ArrayList<>();

    /// @param backendPorts as many as there may be
    public FootprintBounds(long backendPorts) {
        this.backendPorts = backendPorts;
    }

    public List<Footprint> readings() {
        return List.copyOf(readings);
    }

    /// Takes a reading, and says what is wrong with it.
    public List<String> add(Footprint now) {
        List<String> wrong = new ArrayList<>();
        if (!readings.isEmpty()) {
            // Against the first of its life, and the first of all: neither within a life nor from
            // life to life.
            Footprint firstOfLife =
                    readings.stream()
                            .filter(reading -> reading.life() == now.life())
                            .findFirst()
                            .orElse(now);
            compare(firstOfLife, now, wrong);
            if (!firstOfLife.equals(readings.getFirst())) {
                compare(readings.getFirst(), now, wrong);
            }
        }
        if (now.residentBytes() > RESIDENT) {
            wrong.add("more than %d MiB resident: %s".formatted(RESIDENT / MEBI, now));
        }
        if (now.backendPorts() > backendPorts) {
            wrong.add("more than %d backend ports: %s".formatted(backendPorts, now));
        }
        readings.add(now);
        return wrong;
    }

    private static void compare(Footprint before, Footprint now, List<String> wrong) {
        if (now.outsideHeapBytes() - before.outsideHeapBytes() > OUTSIDE_HEAP_GROWTH) {
            wrong.add("memory outside the heap grew from [" + before + "] to [" + now + "]");
        }
        if (now.heapBytes() - before.heapBytes() > HEAP_GROWTH) {
            wrong.add("the heap in use grew from [" + before + "] to [" + now + "]");
        }
        if (now.descriptors() - before.descriptors() > DESCRIPTOR_GROWTH) {
            wrong.add("open files grew from [" + before + "] to [" + now + "]");
        }
    }
}
