package dev.homing.bench.soak.plan;

import dev.homing.control.reload.Trigger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Draws one event after the other. It keeps account of what it has done to whom, so that every
/// event can be carried out, and so that a few servers always take new connections.
///
/// Kinds come out of a bag, as tiles do: each is drawn once before any is drawn again, so that a
/// short run has seen most of them. What was taken away comes back after a few events. A life of
/// Homing ends under load, after a rest in which its books were compared.
public final class Plan {

    /// The servers that always take new connections.
    private static final int LEFT_ALONE = 3;

    /// How whoever has written a configuration has it read.
    private static final List<Trigger> TRIGGERS =
            List.of(Trigger.HUP, Trigger.FILES, Trigger.REQUEST);

    private static final int WEIGHT_MAX = 4;
    private static final int PAUSE_MIN_MS = 600;
    private static final int PAUSE_MAX_MS = 3_500;
    private static final int DOWN_MAX_MS = 1_500;
    private static final int LIFE_MIN_EVENTS = 8;
    private static final int LIFE_MAX_EVENTS = 60;
    private static final int AWAY_MIN_EVENTS = 2;
    private static final int AWAY_MAX_EVENTS = 5;

    private enum Tile {
        WEIGHTS,
        BAD_FILE,
        DRAIN,
        DRAIN_BY_REQUEST,
        REMOVE,
        KILL,
        FAIL_NAMES,
        REBIND,
        INITIALS,
        NOISE,
        BURST,
        REST
    }

    private record Return(int afterEvent, int server, Event event) {}

    // Of exactly this algorithm, which the Java API specifies: a seed means the same on every JVM.
    private final Random random;
    private final List<Source> sources;
    private final Deque<Source> removals = new ArrayDeque<>();
    private final Deque<Tile> bag = new ArrayDeque<>();
    private final Deque<Event> next = new ArrayDeque<>();
    private final List<Return> returns = new ArrayList<>();
    private final TreeSet<Integer> away = new TreeSet<>();
    private int events;
    private int lifeEndsAtEvent;

    /// @param sources of each server, at least four
    public Plan(long seed, List<Source> sources) {
        if (sources.size() <= LEFT_ALONE) {
            throw new IllegalArgumentException(sources.size() + " servers");
        }
        random = new Random(seed);
        this.sources = List.copyOf(sources);
        lifeEndsAtEvent = LIFE_MIN_EVENTS;
    }

    public TimedEvent next() {
        events++;
        return new TimedEvent(Duration.ofMillis(between(PAUSE_MIN_MS, PAUSE_MAX_MS)), event());
    }

    private Event event() {
        if (!next.isEmpty()) {
            return next.remove();
        }
        if (events >= lifeEndsAtEvent) {
            lifeEndsAtEvent = events + between(LIFE_MIN_EVENTS, LIFE_MAX_EVENTS);
            Threads threads = new Threads(between(0, 1), between(1, 2));
            next.add(
                    random.nextBoolean()
                            ? new Event.KillHoming(between(0, DOWN_MAX_MS), threads)
                            : new Event.RestartHoming(threads));
            return new Event.Rest();
        }
        for (Return due : returns) {
            if (due.afterEvent() <= events) {
                returns.remove(due);
                away.remove(due.server());
                return due.event();
            }
        }
        return drawn();
    }

    private Event drawn() {
        Tile tile = next(bag, List.of(Tile.values()));
        return switch (tile) {
            case WEIGHTS -> new Event.Weights(trigger(), weights());
            case BAD_FILE -> new Event.BadFile(trigger(), one(List.of(Mistake.values())));
            case DRAIN, DRAIN_BY_REQUEST, KILL -> taken(tile, Set.of(Source.values()));
            case REMOVE ->
                    taken(tile, Set.of(next(removals, sources.stream().distinct().toList())));
            case FAIL_NAMES -> nameServerFails();
            case REBIND -> rebind();
            case INITIALS ->
                    new Event.Flood(
                            FloodKind.INITIALS,
                            between(2_000, 12_000),
                            between(1_000, 6_000),
                            random.nextLong());
            case NOISE ->
                    new Event.Flood(
                            FloodKind.NOISE,
                            between(1_000, 6_000),
                            between(500, 3_000),
                            random.nextLong());
            case BURST -> new Event.Burst(between(10, 40));
            case REST -> new Event.Rest();
        };
    }

    private Event rebind() {
        return new Event.Rebind(between(2, 12));
    }

    /// A server of one of some sources is taken away for some events.
    private Event taken(Tile how, Set<Source> from) {
        List<Integer> there =
                IntStream.range(0, sources.size())
                        .filter(server -> !away.contains(server))
                        .boxed()
                        .toList();
        List<Integer> meant =
                there.stream().filter(server -> from.contains(sources.get(server))).toList();
        if (there.size() <= LEFT_ALONE || meant.isEmpty()) {
            return rebind();
        }
        int server = one(meant);
        Source source = sources.get(server);
        return switch (how) {
            case DRAIN ->
                    away(
                            server,
                            new Event.Drain(trigger(), server),
                            new Event.Activate(trigger(), server));
            case DRAIN_BY_REQUEST ->
                    away(
                            server,
                            new Event.DrainByRequest(server),
                            new Event.ActivateByRequest(server));
            case REMOVE ->
                    away(
                            server,
                            new Event.Remove(source, trigger(source), server),
                            new Event.Add(source, trigger(source), server));
            default -> away(server, new Event.KillServer(server), new Event.StartServer(server));
        };
    }

    /// Nothing is done meanwhile to the server that the name stands for.
    private Event nameServerFails() {
        int named = sources.indexOf(Source.NAME);
        return named < 0 || away.contains(named)
                ? rebind()
                : away(
                        named,
                        new Event.NameServerFails(random.nextBoolean()),
                        new Event.NameServerHeals());
    }

    private Event away(int server, Event event, Event back) {
        away.add(server);
        returns.add(new Return(events + between(AWAY_MIN_EVENTS, AWAY_MAX_EVENTS), server, back));
        return event;
    }

    /// Out of a bag that is filled again when it is empty.
    private <T> T next(Deque<T> bag, List<T> tiles) {
        if (bag.isEmpty()) {
            List<T> shuffled = new ArrayList<>(tiles);
            Collections.shuffle(shuffled, random);
            bag.addAll(shuffled);
        }
        return bag.remove();
    }

    private List<Integer> weights() {
        List<Integer> weights = new ArrayList<>();
        for (int server = 0; server < sources.size(); server++) {
            weights.add(between(1, WEIGHT_MAX));
        }
        return weights;
    }

    private Trigger trigger(Source source) {
        return source == Source.NAME ? Trigger.NAMES : trigger();
    }

    private Trigger trigger() {
        return one(TRIGGERS);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
