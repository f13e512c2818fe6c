package dev.homing.shard;

import dev.homing.kit.Seeded;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole lives of clients, Homing and servers, each by another seed. `-Dhoming.simulations=…` runs
/// more of them, `-Dhoming.seed=…` one again.
class SimulationTest {

    private static final int SIMULATIONS = 40;

    @RegisterExtension final Seeded seeded = new Seeded();

    static IntStream simulations() {
        int count = Integer.getInteger("homing.simulations", SIMULATIONS);
        return IntStream.range(0, Seeded.isGiven() ? 1 : count);
    }

    @ParameterizedTest
    @MethodSource("simulations")
    void everyDatagramReachesWhomItIsFor(int ignoredNumber) {
        new Simulation(seeded.random(), Setting.draw(seeded.random())).run();
    }
}
