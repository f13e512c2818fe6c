package dev.homing.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RateSearchTest {

    private static final double PRECISION = 0.03;

    @Test
    void findsTheLimit() throws IOException {
        for (double limit : new double[] {20_000, 93_123, 250_000, 799_000}) {
            double found =
                    new RateSearch(rate -> rate <= limit, PRECISION, 3).highest(20_000, 800_000);

            assertTrue(found <= limit, found + " above " + limit);
            assertTrue(found >= limit * (1 - 2 * PRECISION), found + " far below " + limit);
        }
    }

    @Test
    void looksBelowTheFirstRateToo() throws IOException {
        double found = new RateSearch(rate -> rate <= 1500, PRECISION, 1).highest(20_000, 800_000);

        assertEquals(1500, found, 100);
    }

    @Test
    void triesNothingAboveTheHighest() throws IOException {
        List<Double> tried = new ArrayList<>();
        double found =
                new RateSearch(
                                rate -> {
                                    tried.add(rate);
                                    return true;
                                },
                                PRECISION,
                                2)
                        .highest(20_000, 100_000);

        assertEquals(100_000, found);
        assertTrue(tried.stream().allMatch(rate -> rate <= 100_000), tried.toString());
    }

    @Test
    void saysNothingPassesWhenNothingDoes() throws IOException {
        assertEquals(0, new RateSearch(rate -> false, PRECISION, 2).highest(20_000, 800_000));
    }

    @Test
    void failuresByChanceDoNotHalveTheAnswer() throws IOException {
        long seed = System.nanoTime();
        SplittableRandom chance = new SplittableRandom(seed);
        double limit = 200_000;
        double found =
                new RateSearch(rate -> rate <= limit && chance.nextInt(10) > 0, PRECISION, 2)
                        .highest(20_000, 800_000);

        // Each of the few trials fails once in ten times; a rate is given up after two failures.
        assertTrue(found <= limit, found + " with seed " + seed);
        assertTrue(found > 0, found + " with seed " + seed);
    }

    @Test
    void theAnswerPassedSeveralTimesInARow() throws IOException {
        List<Double> tried = new ArrayList<>();
        double found =
                new RateSearch(
                                rate -> {
                                    tried.add(rate);
                                    return rate <= 50_000;
                                },
                                PRECISION,
                                4)
                        .highest(20_000, 800_000);

        assertEquals(
                List.of(found, found, found, found), tried.subList(tried.size() - 4, tried.size()));
    }
}
