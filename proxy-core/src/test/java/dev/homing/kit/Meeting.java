package dev.homing.kit;

import java.util.concurrent.atomic.AtomicInteger;

/// Where threads wait for each other without sleeping, so that they go on at nearly the same time.
public final class Meeting {

    private static final int SPINS_BEFORE_YIELD = 1_000;

    private final int parties;
    private final AtomicInteger arrivals = new AtomicInteger();

    public Meeting(int parties) {
        this.parties = parties;
    }

    /// Returns when all have come.
    public void meet() throws InterruptedException {
        int goal = (arrivals.getAndIncrement() / parties + 1) * parties;
        int spins = 0;
        while (arrivals.get() < goal) {
            if (++spins % SPINS_BEFORE_YIELD == 0) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("another thread has failed");
                }
                Thread.yield();
            }
            Thread.onSpinWait();
        }
    }
}
