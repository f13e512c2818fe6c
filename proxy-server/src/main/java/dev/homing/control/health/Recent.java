package dev.homing.control.health;

import java.util.ArrayDeque;

/// How much two counters have grown within a window. One thread.
final class Recent {

    private final ArrayDeque<long[]> samples = new ArrayDeque<>();
    private final long windowNs;

    Recent(long windowNs) {
        this.windowNs = windowNs;
    }

    /// Notes where the counters stand.
    void note(long nowNs, long first, long second) {
        samples.addLast(new long[] {nowNs, first, second});
        while (samples.size() > 2 && nowNs - samples.peekFirst()[0] > windowNs) {
            samples.removeFirst();
        }
    }

    long first() {
        return grown(1);
    }

    long second() {
        return grown(2);
    }

    private long grown(int counter) {
        return samples.isEmpty() ? 0 : samples.peekLast()[counter] - samples.peekFirst()[counter];
    }

    void forget() {
        samples.clear();
    }
}
