package dev.homing.bench.soak.model;

import java.util.ArrayList;
import java.util.List;

/// Collects what must not be. Any thread.
public final class Violations {

    /// Of one cause there may be thousands; the first ones say what is wrong.
    private static final int KEPT = 200;

    private final List<Violation> kept = new ArrayList<>();
    private String during = "the start";
    private long count;

    /// An event begins.
    public synchronized void during(String event) {
        during = event;
    }

    public synchronized void add(long atNanos, String rule, String evidence) {
        count++;
        if (kept.size() < KEPT) {
            kept.add(new Violation(atNanos, rule, evidence, during));
        }
    }

    public synchronized long count() {
        return count;
    }

    /// The first ones, in order.
    public synchronized List<Violation> list() {
        return List.copyOf(kept);
    }
}
