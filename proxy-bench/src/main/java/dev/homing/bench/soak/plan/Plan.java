package dev.homing.bench.soak.plan;

import dev.homing.control.reload.Trigger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/// Draws one event after the other. It keeps account of what it has done to whom, so that every
/// event can be carried out, and so that two servers at least always take new connections.
///
/// Kinds come out of a bag, as tiles do: each is drawn once before any is drawn again, so that a
/// short run has seen most of them. What was taken away comes back after a few events. A life of
/// Homing ends under load, after a rest in which its books were compared.
public final class Plan {

    /// The servers that always take new connections.
    private static final int LEFT_ALONE = 2;

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
        REMOVE,
        KILL,
        REBIND,
        INITIALS,
        NOISE,
        BURST,
        REST
    }

    private record Return(int afterEvent, int server, Event event) {}

    // Of exactly this algorithm, which the Java API specifies: a seed means the same on every JVM.
    private final Random random;
    private final int servers;
    private final Deque<Tile> bag = new ArrayDeque<>();
    private final Deque<Event> next = new ArrayDeque<>();
    private final List<Return> returns = new ArrayList<>();
    private final TreeSet<Integer> away = new TreeSet<>();
    private int events;
    private int lifeEndsAtEvent;

    /// @param servers at least three
    public Plan(long seed, int servers) {
        if (servers <= LEFT_ALONE) {
            throw new IllegalArgumentException(servers + " servers");
        }
        random = new Random(seed);
        this.servers = servers;
        lifeEndsAtEvent = LIFE_MIN_EVENTS;
    }

    /// The threads of the first life.
    public Threads firstThreads() {
        return new Threads(0, 1);
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
        if (bag.isEmpty()) {
            List<Tile> tiles = new ArrayList<>(List.of(Tile.values()));
            Collections.shuffle(tiles, random);
            bag.addAll(tiles);
        }
        Tile tile = bag.remove();
        return switch (tile) {
            case WEIGHTS -> new Event.Weights(trigger(), weights());
            case BAD_FILE -> new Event.BadFile(trigger(), one(List.of(Mistake.values())));
            case DRAIN, REMOVE, KILL -> taken(tile);
            case REBIND -> new Event.Rebind(between(2, 12));
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

    /// A server is taken away for some events.
    private Event taken(Tile how) {
        List<Integer> there = new ArrayList<>();
        for (int server = 0; server < servers; server++) {
            if (!away.contains(server)) {
                there.add(server);
            }
        }
        if (there.size() <= LEFT_ALONE) {
            return new Event.Rebind(between(2, 12));
        }
        int server = one(there);
        away.add(server);
        Event back =
                switch (how) {
                    case DRAIN -> new Event.Activate(trigger(), server);
                    case REMOVE -> new Event.Add(trigger(), server);
                    default -> new Event.StartServer(server);
                };
        returns.add(new Return(events + between(AWAY_MIN_EVENTS, AWAY_MAX_EVENTS), server, back));
        return switch (how) {
            case DRAIN -> new Event.Drain(trigger(), server);
            case REMOVE -> new Event.Remove(trigger(), server);
            default -> new Event.KillServer(server);
        };
    }

    private List<Integer> weights() {
        List<Integer> weights = new ArrayList<>();
        for (int server = 0; server < servers; server++) {
            weights.add(between(1, WEIGHT_MAX));
        }
        return weights;
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
