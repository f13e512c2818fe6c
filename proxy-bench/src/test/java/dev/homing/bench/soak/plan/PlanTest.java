package dev.homing.bench.soak.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.reload.Trigger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes out of a seed.
class PlanTest {

    private static final List<Source> SOURCES =
            List.of(
                    Source.CONFIGURATION,
                    Source.CONFIGURATION,
                    Source.CONFIGURATION,
                    Source.FILE,
                    Source.NAME);
    private static final int SERVERS = SOURCES.size();
    private static final int KINDS = 23;

    private static List<TimedEvent> events(long seed, int count) {
        Plan plan = new Plan(seed, SOURCES);
        List<TimedEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(plan.next());
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7})
    void theSameSeedGivesTheSameEventsAndAnotherOneOthers(long seed) {
        assertEquals(events(seed, 500), events(seed, 500));
        assertNotEquals(events(seed, 50), events(seed + 1, 50));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7})
    void everyKindComesAgainAndAgain(long seed) {
        List<TimedEvent> events = events(seed, 600);
        for (int from = 0; from < events.size(); from += 200) {
            Set<String> kinds = new TreeSet<>();
            events.subList(from, from + 200).forEach(timed -> kinds.add(timed.event().kind()));
            assertTrue(kinds.size() >= KINDS - 1, () -> "seed " + seed + ": " + kinds);
        }
        Set<String> all = new TreeSet<>();
        events.forEach(timed -> all.add(timed.event().kind()));
        assertEquals(KINDS, all.size(), all::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7})
    void whatIsTakenAwayComesBackAndThreeServersAreAlwaysThere(long seed) {
        Set<Integer> away = new HashSet<>();
        int longest = 0;
        int sinceAllWereThere = 0;
        for (TimedEvent timed : events(seed, 2_000)) {
            switch (timed.event()) {
                case Event.Drain(Trigger trigger, int server) -> assertTrue(away.add(server));
                case Event.DrainByRequest(int server) -> assertTrue(away.add(server));
                case Event.Remove(Source from, Trigger trigger, int server) -> {
                    assertEquals(SOURCES.get(server), from);
                    assertEquals(from == Source.NAME, trigger == Trigger.NAMES);
                    assertTrue(away.add(server));
                }
                case Event.KillServer(int server) -> assertTrue(away.add(server));
                case Event.Activate(Trigger trigger, int server) -> assertTrue(away.remove(server));
                case Event.ActivateByRequest(int server) -> assertTrue(away.remove(server));
                case Event.Add(Source to, Trigger trigger, int server) ->
                        assertTrue(away.remove(server));
                case Event.StartServer(int server) -> assertTrue(away.remove(server));
                case Event.Weights(Trigger trigger, List<Integer> weights) -> {
                    assertEquals(SERVERS, weights.size());
                    assertTrue(weights.stream().allMatch(weight -> weight > 0));
                }
                default -> {}
            }
            assertTrue(SERVERS - away.size() >= 3, () -> "seed " + seed + ": away are " + away);
            sinceAllWereThere = away.isEmpty() ? 0 : sinceAllWereThere + 1;
            longest = Math.max(longest, sinceAllWereThere);
        }
        assertTrue(longest < 200, "somebody was away for " + longest + " events");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7})
    void whileItsNameIsNotResolvedAServerIsLeftAlone(long seed) {
        int named = SOURCES.indexOf(Source.NAME);
        boolean isFailing = false;
        int failures = 0;
        for (TimedEvent timed : events(seed, 2_000)) {
            switch (timed.event()) {
                case Event.NameServerFails(boolean isSilent) -> {
                    isFailing = true;
                    failures++;
                }
                case Event.NameServerHeals() -> isFailing = false;
                case Event.KillServer(int server) -> assertFalse(isFailing && server == named);
                case Event.Remove(Source from, Trigger trigger, int server) ->
                        assertFalse(isFailing && server == named);
                case Event.DrainByRequest(int server) -> assertFalse(isFailing && server == named);
                default -> {}
            }
        }
        assertTrue(failures > 10, failures + " failures");
    }

    @Test
    void whereNoServerHasANameNothingIsDoneToNames() {
        Plan plan = new Plan(7, Collections.nCopies(SERVERS, Source.CONFIGURATION));
        for (int i = 0; i < 500; i++) {
            Event event = plan.next().event();
            assertFalse(
                    event instanceof Event.NameServerFails
                            || event instanceof Event.Remove(Source from, _, _)
                                    && from != Source.CONFIGURATION,
                    event::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7})
    void aLifeEndsRightAfterItsBooksWereCompared(long seed) {
        Event before = new Event.Rest();
        for (TimedEvent timed : events(seed, 1_000)) {
            if (timed.event() instanceof Event.KillHoming
                    || timed.event() instanceof Event.RestartHoming) {
                assertEquals(new Event.Rest(), before);
            }
            before = timed.event();
        }
    }
}
