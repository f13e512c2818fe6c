package dev.homing.bench.soak.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes out of a seed.
class PlanTest {

    private static final int SERVERS = 4;
    private static final int KINDS = 15;

    private static List<Step> steps(long seed, int count) {
        Plan plan = new Plan(seed, SERVERS, List.of(Way.values()));
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(plan.next());
        }
        return steps;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7})
    void theSameSeedGivesTheSameStepsAndAnotherOneOthers(long seed) {
        assertEquals(steps(seed, 500), steps(seed, 500));
        assertNotEquals(steps(seed, 50), steps(seed + 1, 50));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7})
    void everyKindComesAgainAndAgain(long seed) {
        List<Step> steps = steps(seed, 600);
        for (int from = 0; from < steps.size(); from += 150) {
            Set<String> kinds = new TreeSet<>();
            steps.subList(from, from + 150).forEach(step -> kinds.add(step.event().kind()));
            assertTrue(kinds.size() >= KINDS - 1, () -> "seed " + seed + ": " + kinds);
        }
        Set<String> all = new TreeSet<>();
        steps.forEach(step -> all.add(step.event().kind()));
        assertEquals(KINDS, all.size(), all::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7})
    void whatIsTakenAwayComesBackAndTwoServersAreAlwaysThere(long seed) {
        Set<Integer> away = new HashSet<>();
        int longest = 0;
        int sinceAllWereThere = 0;
        for (Step step : steps(seed, 2_000)) {
            switch (step.event()) {
                case Event.Drain(Way way, int server) -> assertTrue(away.add(server));
                case Event.Remove(Way way, int server) -> assertTrue(away.add(server));
                case Event.KillServer(int server) -> assertTrue(away.add(server));
                case Event.Activate(Way way, int server) -> assertTrue(away.remove(server));
                case Event.Add(Way way, int server) -> assertTrue(away.remove(server));
                case Event.StartServer(int server) -> assertTrue(away.remove(server));
                case Event.Weights(Way way, List<Integer> weights) -> {
                    assertEquals(SERVERS, weights.size());
                    assertTrue(weights.stream().allMatch(weight -> weight > 0));
                }
                default -> {}
            }
            assertTrue(SERVERS - away.size() >= 2, () -> "seed " + seed + ": away are " + away);
            sinceAllWereThere = away.isEmpty() ? 0 : sinceAllWereThere + 1;
            longest = Math.max(longest, sinceAllWereThere);
        }
        assertTrue(longest < 200, "somebody was away for " + longest + " steps");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7})
    void aLifeEndsRightAfterItsBooksWereCompared(long seed) {
        Event before = new Event.Rest();
        for (Step step : steps(seed, 1_000)) {
            if (step.event() instanceof Event.KillHoming
                    || step.event() instanceof Event.RestartHoming) {
                assertEquals(new Event.Rest(), before);
            }
            before = step.event();
        }
    }
}
