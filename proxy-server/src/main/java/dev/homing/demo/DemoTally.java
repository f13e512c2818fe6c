package dev.homing.demo;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the demonstration's progress. Written by event loops, read by the scenario's thread.
final class DemoTally {
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger moved = new AtomicInteger();
    private final AtomicLong receivedBytes = new AtomicLong();

    void connected() {
        connected.incrementAndGet();
    }

    void finished() {
        finished.incrementAndGet();
    }

    void moved() {
        moved.incrementAndGet();
    }

    void received(long bytes) {
        receivedBytes.addAndGet(bytes);
    }

    DemoProgress progress(DemoPlan plan) {
        return new DemoProgress(
                plan.clients(),
                connected.get(),
                finished.get(),
                moved.get(),
                receivedBytes.get(),
                plan.clients() * plan.bytesPerClient());
    }
}
