package dev.homing.kit;

import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Randomness for one test: another seed at each run, told when the test fails, and set with
/// `-Dhoming.seed=…` to see the failure again.
public final class Seeded implements BeforeEachCallback, AfterTestExecutionCallback {

    private static final String PROPERTY = "homing.seed";

    /// Whether one seed was asked for, so that a repetition would be the same again.
    public static boolean isGiven() {
        return System.getProperty(PROPERTY) != null;
    }

    private long seed;
    private SplittableRandom random = new SplittableRandom();

    @Override
    public void beforeEach(ExtensionContext test) {
        String given = System.getProperty(PROPERTY);
        seed = given == null ? new SplittableRandom().nextLong() : Long.decode(given);
        random = new SplittableRandom(seed);
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        if (test.getExecutionException().isPresent()) {
            System.out.printf(
                    "%s: seed = %d, again with -D%s=%d%n",
                    test.getDisplayName(), seed, PROPERTY, seed);
        }
    }

    /// The same sequence for the same seed.
    public SplittableRandom random() {
        return random;
    }

    public long seed() {
        return seed;
    }
}
