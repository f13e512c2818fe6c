package dev.homing.bench.soak;

import dev.homing.bench.soak.plan.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/// What a soak is to be.
///
/// @param length of the time in which things happen; start and end take some seconds more
/// @param seed of the events and of what clients do
/// @param folder for configuration and logs, there already
/// @param stopsAtFirst whether the first violation ends it
/// @param patience how long an attempt to connect may take
/// @param twist makes another configuration of the one that holds, for tests that want it wrong
public record SoakOptions(
        Duration length,
        long seed,
        Path folder,
        boolean stopsAtFirst,
        Duration patience,
        UnaryOperator<String> twist) {

    /// Long enough for a machine on which everything else wants the CPUs too.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public static SoakOptions of(Duration length, long seed, Path folder) {
        return new SoakOptions(length, seed, folder, false, PATIENCE, UnaryOperator.identity());
    }

    public SoakOptions stoppingAtFirst(boolean stops) {
        return new SoakOptions(length, seed, folder, stops, patience, twist);
    }

    public SoakOptions twisted(UnaryOperator<String> by) {
        return new SoakOptions(length, seed, folder, stopsAtFirst, patience, by);
    }

    public SoakOptions waiting(Duration other) {
        return new SoakOptions(length, seed, folder, stopsAtFirst, other, twist);
    }

    static Threads firstThreads() {
        return new Threads(0, 1);
    }
}
